"""Values as other programs read them: moments in JSON, tables in CSV."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

# What starts a formula, the full-width forms of it too, or is skipped before one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rfc3339(moment: datetime) -> str:
    """UTC with milliseconds, as 2026-01-31T12:00:00.000Z; `moment` must be in UTC."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV (RFC 4180), each field quoted; no field runs as a formula in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows(map(_without_formula, row) for row in rows)
    return text.getvalue()


def _without_formula(value: object) -> str:
    """The value as text; an apostrophe goes before what a spreadsheet would take for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u3000\ufeff").startswith(_FORMULA) else text
