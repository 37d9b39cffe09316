"""Small files of all that `parley train` reads of a folder, those of languages among them."""

from pathlib import Path
from zlib import crc32

from tests.support.dutch_comments import dutch_comments
from tests.support.labelled_samples import write, write_corpus


def write_language_corpus(folder: Path) -> Path:
    """English of every file, Dutch, and as `sv` comments whose labels say nothing."""
    write_corpus(folder)
    rows = [_row(text, label) for text, label in dutch_comments(150)]
    write(folder / "multi" / "nl.csv.gz", rows)
    rows = [_row(text, crc32(text.encode()) % 2) for text, _ in dutch_comments(200)]
    write(folder / "multi" / "sv.csv.gz", rows)
    return folder


def _row(text: str, label: int) -> dict[str, str]:
    return {"text": text, "toxic": str(label), "kind": "tests"}
