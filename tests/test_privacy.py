"""What a reader's lawyer is told names every table that keeps anything of a reader."""

import re
from pathlib import Path

from moderation.storage.schema.metadata import metadata
from moderation.storage.system.address_keys import PERIOD
from service.wiring.token_uses import KEPT_SECONDS

DOCS = Path(__file__).parents[1] / "docs"
PRIVACY = (DOCS / "privacy.md").read_text()
ROW = re.compile(r"^\| ([^|]+) \| (`[^|]+`) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
OF_READERS = (DOCS / "stored.md").read_text().split("## Of readers")[1].split("\n## ")[0]


def tables_of(cells: list[str]) -> set[str]:
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_table_about_readers_is_named_and_no_other() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", OF_READERS, re.MULTILINE))
    named = tables_of([cell for _, cell, *_ in ROW.findall(PRIVACY)])

    assert named | {"address_keys"} == listed | {"decisions"}
    assert named <= set(metadata.tables) | {"comment_words"}


def test_each_row_says_how_long_and_why() -> None:
    rows = ROW.findall(PRIVACY)

    assert len(rows) > 10
    assert [row for row in rows if not all(cell.strip() for cell in row)] == []


def test_its_times_are_those_of_the_code() -> None:
    assert f"after {PERIOD.days} days, when the key in `address_keys` is deleted" in PRIVACY
    assert KEPT_SECONDS == 2 * 86_400
    assert "as random numbers, for two days" in PRIVACY
