"""Rules as a JSON document: all of a site's, or those that a page has of its own."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import time
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from moderation.rules.rule_fields import (
    InvalidRules,
    Reader,
    choice,
    domains,
    fields,
    minute,
    or_none,
    require,
    whole_number,
    words,
    yes_or_no,
    zone,
)
from moderation.rules.site_rules import (
    NO_RULES,
    Action,
    BannedWords,
    Closing,
    Links,
    Publication,
    QuietHours,
    SiteRules,
)

MOST_LINKS = 100
MOST_FIRST_COMMENTS = 20
MOST_REPEATS = 100
MOST_DAYS = 3_650
_HOURS = ("zone", "begin", "end")


def _banned_words(value: object, field: str) -> BannedWords:
    return BannedWords(**fields(value, field, {"words": words, "action": choice(Action)}))


def _links(value: object, field: str) -> Links:
    known: dict[str, Reader] = {
        "most": or_none(whole_number(0, MOST_LINKS)),
        "action": choice(Action),
        "allowed": domains,
        "banned": domains,
    }
    return Links(**fields(value, field, known))


def _quiet_hours(value: object, field: str) -> QuietHours:
    given = fields(value, field, {"zone": zone, "begin": minute, "end": minute})
    require(_HOURS, given, field)
    hours = QuietHours(**given)
    if hours.begin == hours.end:
        end = f"{field}.end"
        raise InvalidRules(end, "must be another minute than its begin")
    return hours


def _closing(value: object, field: str) -> Closing:
    known = {
        "after_days": or_none(whole_number(1, MOST_DAYS)),
        "closed": or_none(yes_or_no),
    }
    return Closing(**fields(value, field, known))


RULES: Mapping[str, Reader] = MappingProxyType(
    {
        "publish": choice(Publication),
        "first_comments": whole_number(0, MOST_FIRST_COMMENTS),
        "banned_words": _banned_words,
        "links": _links,
        "repeats": or_none(whole_number(2, MOST_REPEATS)),
        "quiet_hours": or_none(_quiet_hours),
        "closing": _closing,
    }
)


def changes_of(document: object) -> dict[str, Any]:
    """Read a document: the values that it has, by rule.

    Raises:
        InvalidRules: A field is unknown or wrong; the sentence says what would be right.
    """
    return fields(document, "", RULES)


def as_document(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Write values by rule as they stand in a document; `changes_of` gives them back."""
    return {name: _plain(changes[name]) for name in RULES if name in changes}


def document_of(rules: SiteRules) -> dict[str, Any]:
    """Write all rules as a document."""
    return as_document({name: getattr(rules, name) for name in RULES})


def stored(document: Mapping[str, Any]) -> str:
    """Write a document as storage keeps it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=256)
def rules_in(text: str) -> SiteRules:
    """Read a site's rules as they were stored; the same text is read once."""
    return NO_RULES.changed(changes_of(json.loads(text)))


@lru_cache(maxsize=256)
def changes_in(text: str) -> Mapping[str, Any]:
    """Read a page's rules as they were stored."""
    return MappingProxyType(changes_of(json.loads(text)))


def as_audited(document: Mapping[str, Any]) -> dict[str, Any]:
    """Write a document for the audit log: of words their number, and a hash of them."""
    banned = document.get("banned_words")
    if banned is None:
        return dict(document)
    listed = banned["words"]
    digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()[:16]
    return {**document, "banned_words": {**banned, "words": len(listed), "sha256": digest}}


def _plain(value: Any) -> Any:
    if isinstance(value, QuietHours):
        return {"zone": value.zone, "begin": _minute(value.begin), "end": _minute(value.end)}
    if isinstance(value, BannedWords | Links | Closing):
        return {
            name: list(one) if isinstance(one, tuple) else one
            for name, one in asdict(value).items()
        }
    return value


def _minute(moment: time) -> str:
    return moment.strftime("%H:%M")
