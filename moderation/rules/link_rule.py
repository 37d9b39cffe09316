"""Links: how many a comment has, and domains that none may name."""

from collections.abc import Collection, Iterator

from moderation.comments import Status
from moderation.policy import Reason
from moderation.rules.circumstances import (
    BANNED_LINK,
    TOO_MANY_LINKS,
    Circumstances,
    Ruling,
    Written,
)
from moderation.rules.site_rules import Action, Links
from moderation.text.links import hosts_named, link_hosts


def links(comment: Written, circumstances: Circumstances) -> Iterator[Ruling]:
    """Rule on the links of a text, and on the domains that text and name have."""
    rules = circumstances.rules.links
    if rules.banned and _names_any(comment, rules.banned_domains):
        yield Ruling(Status.REJECTED, Reason(BANNED_LINK))
    if rules.most is not None and _counted(comment.text, rules) > rules.most:
        rejects = rules.action is Action.REJECT
        yield Ruling(Status.REJECTED if rejects else Status.FLAGGED, Reason(TOO_MANY_LINKS))


def _names_any(comment: Written, banned: Collection[str]) -> bool:
    written = (comment.text, comment.name)
    return any(_is_below(host, banned) for text in written for host in hosts_named(text))


def _counted(text: str, rules: Links) -> int:
    allowed = rules.allowed_domains
    return sum(not _is_below(host, allowed) for host in link_hosts(text))


def _is_below(host: str, domains: Collection[str]) -> bool:
    """Whether the host is one of the domains, or below one."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))
