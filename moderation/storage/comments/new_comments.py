"""What is to be stored, and who sent it: made before anybody waits for the database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from moderation.choices.safeguards import Catch
from moderation.comments import IdempotencyConflict, Submission
from moderation.sites import Site
from moderation.storage.comments.repeats import KeylessComment
from moderation.text.search_terms import own_words_and_fingerprint


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who sent a comment, and how they say that they send it again.

    Attributes:
        address_hash: A keyed hash of a reader's address; None for a server with the site's key, and
            where a proxy hides the reader.
        idempotency_key: As the sender gave it.
        key_owner: Whose key it is: two owners' keys have nothing to do with each other.
        source_id: What the site's own system calls the comment, in place of a key.
        repeat_window: How long one that is equal in all is the same one, where there is no key;
            None: each is another.
        has_site_key: Whether it was the site's own server: what it says of the page is true.
        written_at: When the comment was written, from a key that is trusted; None: now.
        catch: What tells of a program, if anything does.
    """

    address_hash: str | None = None
    idempotency_key: str | None = None
    key_owner: str = "whoever has the site's key"
    source_id: str | None = None
    repeat_window: timedelta | None = None
    has_site_key: bool = False
    written_at: datetime | None = None
    catch: Catch | None = None

    @property
    def has_key(self) -> bool:
        """Whether the sender says by itself what is the same comment."""
        return self.idempotency_key is not None or self.source_id is not None


@dataclass(frozen=True, slots=True)
class NewComment:
    """What to store, all that takes time made beforehand: others wait for who writes.

    Attributes:
        submitted_at: When it was written, as far as anybody knows.
        arrived_at: When it came, where that is another moment.
        is_vouched: Whether the site's own server sent it.
        idempotency_key: One that the sender made and nobody else can have, or None.
        body_hash: Of what is sent with the key; None without one.
        words: Those of its name and text.
        keyless: What tells whether it came before, of one that is sent without a key.
        source_id: What the site's own system calls it; None where it has said nothing.
    """

    site: Site
    submission: Submission
    submitted_at: datetime
    is_vouched: bool
    address_hash: str | None
    idempotency_key: str | None
    body_hash: str | None
    fingerprint: str | None
    words: Sequence[str]
    keyless: KeylessComment | None = None
    source_id: str | None = None
    arrived_at: datetime | None = None
    catch: Catch | None = None

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
    words, text_hash = own_words_and_fingerprint(submission.name, submission.text)
    return NewComment(
        site=site,
        submission=submission,
        submitted_at=sender.written_at or now,
        is_vouched=sender.has_site_key,
        address_hash=sender.address_hash,
        idempotency_key=_own_key(sender),
        body_hash=_body_hash(submission, sender) if sender.has_key else None,
        fingerprint=text_hash,
        words=words,
        keyless=_keyless(site, submission, sender, now),
        source_id=sender.source_id,
        arrived_at=None if sender.written_at is None else now,
        catch=sender.catch,
    )


def _body_hash(submission: Submission, sender: Submitter) -> str:
    """Of what must be the same where it is sent again: a page may have a new title by then."""
    same = submission if sender.source_id is None else replace(submission, url=None, title=None)
    return hashlib.sha256(repr(same).encode()).hexdigest()


def _own_key(sender: Submitter) -> str | None:
    """The sender's key as it is stored: no other sender can have the same, or read it there."""
    own = (sender.key_owner, sender.idempotency_key)
    if sender.source_id is not None:
        own = ("the site's own ids", sender.source_id)
    elif sender.idempotency_key is None:
        return None
    return hashlib.sha256(repr(own).encode()).hexdigest()


def _keyless(
    site: Site, submission: Submission, sender: Submitter, now: datetime
) -> KeylessComment | None:
    if sender.repeat_window is None or sender.has_key:
        return None
    moment = sender.written_at or now
    around = (moment - sender.repeat_window, moment + sender.repeat_window)
    return KeylessComment(site, submission, sender.address_hash, around)
