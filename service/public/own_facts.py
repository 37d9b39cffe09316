"""What a site's own server says of a comment: its name in the site's system, and its time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from moderation.comments import InvalidComment
from moderation.sites import KeyScope, SiteKey
from moderation.storage.comments.new_comments import Submitter
from service.wiring.parts import parts

MAX_SOURCE_ID = 255
_CLOCKS_DIFFER = timedelta(minutes=1)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def server_submitter(
    fields: Mapping[str, object],
    key: SiteKey,
    idempotency_key: str | None = None,
    repeat_window: timedelta | None = None,
) -> Submitter:
    """The site's server that sends a comment by a key; raises InvalidComment."""
    own_id = source_id(fields)
    if idempotency_key is not None and own_id is not None:
        sentence = "give a source_id or an Idempotency-Key, not both"
        raise InvalidComment(sentence, field="source_id")
    return Submitter(
        idempotency_key=idempotency_key,
        source_id=own_id,
        repeat_window=repeat_window,
        has_site_key=True,
        written_at=written_at(fields, key),
    )


def source_id(fields: Mapping[str, object]) -> str | None:
    """What the site's own system calls the comment; raises InvalidComment."""
    value = fields.get("source_id")
    if value is None:
        return None
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_SOURCE_ID or not value.isascii():
        sentence = f"source_id must be a string of 1 to {MAX_SOURCE_ID} ASCII characters"
        raise InvalidComment(sentence, field="source_id")
    return value


def written_at(fields: Mapping[str, object], key: SiteKey) -> datetime | None:
    """When the comment was written, as a trusted key says; None where nothing is said.

    Raises:
        InvalidComment: It is no time with a zone, before 1970 or in the future, or the key may not
            say it.
    """
    value = fields.get("created_at")
    if value is None:
        return None
    if not key.scope.allows(KeyScope.TRUSTED):
        sentence = (
            "created_at is taken from a trusted key only: `parley site key NAME --scope trusted`"
            " makes one"
        )
        raise InvalidComment(sentence, field="created_at")
    return _past(_moment(value))


def _moment(value: object) -> datetime:
    sentence = "created_at must be a time with its zone, such as 2026-01-31T12:00:00Z"
    if not isinstance(value, str):
        raise InvalidComment(sentence, field="created_at")
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidComment(sentence, field="created_at") from error
    raise InvalidComment(sentence, field="created_at")


def _past(moment: datetime) -> datetime:
    """The moment, or now where the sender's clock is a little fast; raises InvalidComment."""
    now = parts().clock()
    if not _EARLIEST <= moment <= now + _CLOCKS_DIFFER:
        sentence = "created_at must be from 1970 to now: is the sender's clock right?"
        raise InvalidComment(sentence, field="created_at")
    return min(moment, now)
