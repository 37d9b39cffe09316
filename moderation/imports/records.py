"""What a file of another system has: pages, authors, comments, labels, in any order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from moderation.comments import Status

# How much the word of each counts, beside a moderator's decision here, which counts 1.
BY_PERSON = 1.0
BY_CORRECTION = 0.9  # somebody corrected a filter
BY_REJECTION = 0.5  # a person rejected it, and did not say why
BY_FILTER = 0.6


class BrokenFile(ValueError):
    """The file cannot be read as what it should be; the sentence says where and why."""


class UnreadableRow(ValueError):
    """One row of a file has no comment that can come; the sentence says why."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as the file names it.

    Attributes:
        id: By which its comments refer to it.
        url: An address, a path, or a name of its own.
        title: What it is called there.
        moved_to: The id of the page to which its comments were moved.
    """

    id: str
    url: str
    title: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class SourceAuthor:
    """The name and e-mail address of somebody by whose id comments refer to them."""

    id: str
    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class SourceComment:
    """A comment as the file has it.

    Attributes:
        id: Of the comment in its system.
        place: Where in the file it stands, for a person.
        page: The id of its page.
        text: As a reader saw it there.
        status: What it would be here; erased where it was deleted there.
        name: The author's; empty where `author` says who it is, or nobody did.
        author: The id of its author.
        parent: The id of the comment that it answers.
        address: Of its author, not hashed yet.
        email: Of its author; kept only where the site mails readers.
        state: What only Parley's own files say of a comment.
    """

    id: str
    place: str
    page: str
    text: str
    status: Status
    submitted_at: datetime
    name: str = ""
    author: str | None = None
    parent: str | None = None
    address: str | None = None
    email: str | None = None
    state: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """What somebody said there that a comment is, from 0 to 1 for an attribute.

    Attributes:
        comment: The id of the comment.
        attribute: One of ATTRIBUTES.
        value: From 0, it is not, to 1, it is.
        weight: How much it counts.
    """

    comment: str
    attribute: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class ParleyRow:
    """A decision or a label as Parley's own file has it, about a comment or a text.

    Attributes:
        kind: `decision` or `label`.
        comment: The id of the comment; None for a label of a text.
        fields: All that the line has.
    """

    kind: str
    comment: str | None
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of the file that cannot come, and why."""

    place: str
    id: str
    problem: str


SourceRecord = SourcePage | SourceAuthor | SourceComment | SourceLabel | ParleyRow | RefusedRow
Records = Iterator[SourceRecord]
