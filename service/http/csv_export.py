"""Tables as CSV that a spreadsheet shows and never runs."""

from collections.abc import Iterable

# What starts a formula, the full-width forms of it too, or is skipped before one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """RFC 4180, each field quoted; what would be a formula begins with an apostrophe."""
    return "".join(",".join(map(_field, row)) + "\r\n" for row in rows)


def _field(value: object) -> str:
    text = "" if value is None else str(value)
    safe = f"'{text}" if text.lstrip(" \u00a0\u3000\ufeff").startswith(_FORMULA) else text
    return '"' + safe.replace('"', '""') + '"'
