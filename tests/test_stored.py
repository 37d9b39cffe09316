"""The list of what is stored has every column, and says how long it is kept and what erases it."""

import re
from collections import defaultdict
from pathlib import Path

from moderation.storage.schema.metadata import metadata

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| `(\w+)` \| (`[^|]+`) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs/stored.md").read_text())
WORDS = {"comment_words": ["comment_id", "words"]}  # each database has its own table of this name


def test_every_column_is_listed_once() -> None:
    listed: defaultdict[str, list[str]] = defaultdict(list)
    for table, columns, *_ in ROWS:
        listed[table] += re.findall(r"`(\w+)`", columns)

    stored = {name: sorted(table.columns.keys()) for name, table in metadata.tables.items()}
    assert {name: sorted(columns) for name, columns in listed.items()} == stored | WORDS


def test_each_row_says_what_it_is_how_long_it_is_kept_and_what_erases_it() -> None:
    assert ROWS
    assert [row for row in ROWS if not all(cell.strip() for cell in row)] == []
