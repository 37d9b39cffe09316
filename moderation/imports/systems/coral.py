"""Coral: what mongoexport writes of its collections, in one folder or one file."""

from moderation.comments import Status
from moderation.imports.fields import Row, optional_text, part, parts, reference, text_of
from moderation.imports.json_rows import PlacedRow, rows
from moderation.imports.moments import moment
from moderation.imports.plain_text import html_text
from moderation.imports.records import (
    BY_PERSON,
    BY_REJECTION,
    BrokenFile,
    Records,
    RefusedRow,
    SourceAuthor,
    SourceComment,
    SourceLabel,
    SourcePage,
    UnreadableRow,
)
from moderation.imports.source_files import SourceFile

_STATUSES = {
    "NONE": Status.APPROVED,
    "APPROVED": Status.APPROVED,
    "REJECTED": Status.REJECTED,
    "PREMOD": Status.FLAGGED,
    "SYSTEM_WITHHELD": Status.FLAGGED,
}
# What a moderator's reason to reject says of the text.
_REASONS = {
    "ABUSIVE": "insult",
    "AD": "spam",
    "BANNED_WORD": "profanity",
    "HARASSMENT_BULLYING": "insult",
    "HATE_SPEECH": "identity_attack",
    "OFFENSIVE": "toxicity",
    "SPAM": "spam",
}


def read(source: SourceFile) -> Records:
    """Yield what the files have, told apart by their fields; raises BrokenFile."""
    for one in source.files():
        name = f"{one.path.name}, " if source.path.is_dir() else ""
        try:
            with one.opened() as file:
                for placed in rows(file):
                    yield from _records(placed, f"{name}{placed.place}")
        except BrokenFile as error:
            sentence = f"{name}{error}"
            raise BrokenFile(sentence) from error


def _records(placed: PlacedRow, place: str) -> Records:
    row = placed.row
    if "revisions" in row and "storyID" in row:
        try:
            yield _comment(row, place)
        except UnreadableRow as error:
            yield RefusedRow(place, optional_text(row, "id") or "", str(error))
    elif "commentID" in row and "moderatorID" in row and "status" in row:
        yield from _labels(row)
    elif "username" in row and "id" in row:
        name, email = (optional_text(row, field) for field in ("username", "email"))
        yield SourceAuthor(str(row["id"]), name or "", email)
    elif "url" in row and "id" in row:
        title = optional_text(part(row, "metadata"), "title")
        yield SourcePage(str(row["id"]), str(row["url"]), title)


def _comment(row: Row, place: str) -> SourceComment:
    revisions = parts(row, "revisions")
    is_deleted = row.get("deletedAt") is not None or not revisions
    return SourceComment(
        id=text_of(row, "id"),
        place=place,
        page=text_of(row, "storyID"),
        text="" if is_deleted else html_text(optional_text(revisions[-1], "body") or ""),
        status=Status.ERASED if is_deleted else _status(row),
        submitted_at=moment(row.get("createdAt")),
        author=optional_text(row, "authorID"),
        parent=reference(row, "parentID"),
    )


def _status(row: Row) -> Status:
    status = optional_text(row, "status") or ""
    if status not in _STATUSES:
        sentence = f"its status is {status[:20]!r}, not one of {', '.join(_STATUSES)}"
        raise UnreadableRow(sentence)
    return _STATUSES[status]


def _labels(row: Row) -> Records:
    """What a moderator said; what Coral's own phases decided is no person's word."""
    comment_id = optional_text(row, "commentID")
    if optional_text(row, "moderatorID") is None or comment_id is None:
        return
    if row.get("status") == "APPROVED":
        for attribute in ("toxicity", "spam"):
            yield SourceLabel(comment_id, attribute, 0.0, BY_PERSON)
    elif row.get("status") == "REJECTED":
        code = optional_text(part(row, "rejectionReason"), "code")
        reason = _REASONS.get(code or "")
        weight = BY_REJECTION if reason is None else BY_PERSON
        yield SourceLabel(comment_id, reason or "toxicity", 1.0, weight)
