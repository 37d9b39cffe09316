"""What is to be stored, and who sent it: made before anybody waits for the database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from moderation.comments import IdempotencyConflict, Submission
from moderation.sites import Site
from moderation.storage.comments.repeats import PlainForm
from moderation.text.near_duplicates import fingerprint
from moderation.text.search_terms import own_words


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who sent a comment, and how they say that they send it again.

    Attributes:
        address_hash: A keyed hash of a reader's address; None for a server with the site's key, and
            where a proxy hides the reader.
        idempotency_key: As the sender gave it.
        key_owner: Whose key it is: two owners' keys have nothing to do with each other.
        source_id: What the site's own system calls the comment, in place of a key.
        by_form: Whether a form without script sends, which has no key to give.
        has_site_key: Whether it was the site's own server: what it says of the page is true.
    """

    address_hash: str | None = None
    idempotency_key: str | None = None
    key_owner: str = "whoever has the site's key"
    source_id: str | None = None
    by_form: bool = False
    has_site_key: bool = False


@dataclass(frozen=True, slots=True)
class NewComment:
    """What to store, all that takes time made beforehand: others wait for who writes.

    Attributes:
        is_vouched: Whether the site's own server sent it.
        idempotency_key: One that the sender made and nobody else can have, or None.
        words: Those of its name and text.
        form: What a form without script sends in place of a key; None for every other sender.
        source_id: What the site's own system calls it; None where it has said nothing.
    """

    site: Site
    submission: Submission
    submitted_at: datetime
    is_vouched: bool
    address_hash: str | None
    idempotency_key: str | None
    body_hash: str
    fingerprint: str | None
    words: Sequence[str]
    form: PlainForm | None = None
    source_id: str | None = None

    def conflict(self) -> IdempotencyConflict:
        """The error where its key was used for another comment before."""
        sentence = "this Idempotency-Key was used for another comment: send a new key"
        if self.source_id is not None:
            sentence = (
                "this source_id was used for a comment with another page, name, text or parent:"
                " give each comment its own"
            )
        return IdempotencyConflict(sentence)


def prepared(site: Site, submission: Submission, sender: Submitter, now: datetime) -> NewComment:
    """Make beforehand all that storing a submission needs."""
    return NewComment(
        site=site,
        submission=submission,
        submitted_at=now,
        is_vouched=sender.has_site_key,
        address_hash=sender.address_hash,
        idempotency_key=_own_key(sender),
        body_hash=hashlib.sha256(repr(_repeated_part(submission, sender)).encode()).hexdigest(),
        fingerprint=fingerprint(submission.text),
        words=own_words(submission.name, submission.text),
        form=_plain_form(site, submission, sender, now),
        source_id=sender.source_id,
    )


def _repeated_part(submission: Submission, sender: Submitter) -> Submission:
    """What must be the same where it is sent again: a page may have a new title by then."""
    if sender.source_id is None:
        return submission
    return replace(submission, url=None, title=None)


def _own_key(sender: Submitter) -> str | None:
    """The sender's key as it is stored: no other sender can have the same, or read it there."""
    own = (sender.key_owner, sender.idempotency_key)
    if sender.source_id is not None:
        own = ("the site's own ids", sender.source_id)
    elif sender.idempotency_key is None:
        return None
    return hashlib.sha256(repr(own).encode()).hexdigest()


def _plain_form(
    site: Site, submission: Submission, sender: Submitter, now: datetime
) -> PlainForm | None:
    if not sender.by_form or sender.idempotency_key is not None:
        return None
    return PlainForm(site, submission, sender.address_hash, now)
