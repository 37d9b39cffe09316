"""The form that works without a script: empty, as an answer, or as it came back refused."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommentForm:
    """What the form's template shows.

    Attributes:
        action: Where it goes.
        fields: What it sends beside name and text; empty ones are left out.
        name: What the reader wrote already.
        text: The same.
        email: The same; None where the site mails no readers.
        field: Which field is wrong, of one that was refused.
        sentence: What is wrong, for the reader.
        reply_name: Whose comment it answers, if it answers one.
        cancel: Where the form is that answers none.
    """

    action: str
    fields: Mapping[str, str]
    name: str = ""
    text: str = ""
    email: str | None = None
    field: str | None = None
    sentence: str = ""
    reply_name: str | None = None
    cancel: str = ""

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields that the reader does not see."""
        return [(name, value) for name, value in self.fields.items() if value]
