"""What is known of a page, and who may say it.

A page's title and address stand on moderators' cards and go out by webhook. They are taken from a
request with the site's key, and from the site's own page as Parley reads it; what an anonymous
request says of them is only a reason to look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.pages.origins import first_web_origin, is_listed, origin_of, web_address
from moderation.pages.page_keys import (
    is_shortened,
    key_of_address,
    own_parameters,
    page_address,
    page_key,
)

CHECK_EVERY = timedelta(hours=6)  # at most, while comments come in
CHANGED_CHECK_EVERY = timedelta(minutes=10)  # where a request says that the title is another


class PageNotFound(LookupError):
    """The site has no page with this key."""


@dataclass(frozen=True, slots=True)
class PageClaim:
    """What a submission says of its page.

    Attributes:
        key: As `page_key` gives it.
        url: Where the sender says that the page is.
        title: What the sender calls it.
        is_vouched: Whether the request had the site's key.
    """

    key: str
    url: str | None = None
    title: str | None = None
    is_vouched: bool = False


@dataclass(frozen=True, slots=True)
class CheckedState:
    """The title as the site's page had it, and when it was looked at last."""

    title: str | None
    claimed_title: str | None  # by the request for which it was looked at last
    checked_at: datetime | None


def proven_address(origins: Sequence[str], claim: PageClaim) -> str | None:
    """Return the address that a page has by its key; None where the key is no address.

    A claimed one counts where it leads to the same key on one of the site's origins.
    """
    claimed = claimed_address(origins, claim)
    if claimed is not None and leads_to(claimed, claim.key):
        return claimed
    if is_shortened(claim.key):
        return None
    origin = first_web_origin(origins) if claim.key.startswith("/") else ""
    address = None if origin is None else web_address(origin + claim.key)
    is_own = address is not None and is_listed(address.origin, origins)
    return address.href if address is not None and is_own else None


def claimed_address(origins: Sequence[str], claim: PageClaim) -> str | None:
    """Return the claimed address without its reader's parameters; None where not the site's."""
    address = page_address(claim.url or "", own_parameters(claim.key))
    is_own = address is not None and is_listed(origin_of(address), origins)
    return address if is_own else None


def needs_check(state: CheckedState, claim: PageClaim, now: datetime) -> bool:
    """Whether to read the site's page again, now that a comment comes in under it."""
    if claim.is_vouched:
        return False
    if state.checked_at is None:
        return True
    is_changed = claim.title not in (None, state.title, state.claimed_title)
    return now - state.checked_at >= (CHANGED_CHECK_EVERY if is_changed else CHECK_EVERY)


def leads_to(address: str, key: str) -> bool:
    """Return whether an address is that of the page with this key."""
    own = own_parameters(key)
    return key in (key_of_address(address, own), page_key(address, own))
