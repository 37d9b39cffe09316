"""Read the fields of a row: what is missing or of another kind is said in a sentence."""

from collections.abc import Mapping

from moderation.imports.records import UnreadableRow

Row = Mapping[str, object]


def storable(value: str) -> str:
    """Return a text without what no database keeps: NUL, and halves of characters."""
    if "\0" in value:
        value = value.replace("\0", "")
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def text_of(row: Row, *names: str) -> str:
    """Return the first of the fields that has a text, or a number as text; raises UnreadableRow."""
    value = optional_text(row, *names)
    if value is None:
        sentence = f"it has no {' and no '.join(names)}"
        raise UnreadableRow(sentence)
    return value


def optional_text(row: Row, *names: str) -> str | None:
    """Return the first of the fields that has a text that is not empty, or a number as text."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def reference(row: Row, *names: str) -> str | None:
    """Return the id of another row; None for none, which many systems write as 0."""
    value = optional_text(row, *names)
    return None if value in (None, "0", "root") else value


def flag(row: Row, name: str) -> bool:
    """Whether a field says yes: true, 1, or either as text."""
    return row.get(name) in (True, 1, "1", "true", "True", "t")


def part(row: Row, name: str) -> Row:
    """Return a field that has fields itself; none where it is no such field."""
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def parts(row: Row, name: str) -> list[Row]:
    """Return the rows in a field that is a list; none where it is no list."""
    value = row.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
