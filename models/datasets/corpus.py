"""The labelled files, and sentences and copies made for training, as examples."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from models.datasets.augmentation import made_examples
from models.datasets.examples import Example, Source
from models.datasets.sources import SOURCES

_KIND = {".gz": "gzipped CSV", ".csv": "CSV"}


class BadTrainingData(ValueError):
    """A training file is missing or misshapen; the sentence says where, and what is right."""


def read_corpus(folder: Path) -> list[Example]:
    """Every example of every file, in the order of the files, then those made for training."""
    labelled = [example for source in SOURCES for example in _read(folder / source.file, source)]
    return labelled + made_examples(labelled)


def _read(path: Path, source: Source) -> Iterator[Example]:
    if not path.is_file():
        what = f"{path} is missing: it is one of the files that the model is trained on"
        raise BadTrainingData(what)
    try:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8", newline="") as lines:
            yield from _examples(csv.DictReader(lines), path, source)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as broken:
        what = f"{path} cannot be read as {_KIND.get(path.suffix)} in UTF-8: {broken}"
        raise BadTrainingData(what) from broken


def _examples(rows: "csv.DictReader[str]", path: Path, source: Source) -> Iterator[Example]:
    missing = [name for name in source.columns if name not in (rows.fieldnames or ())]
    if missing:
        what = f"{path} has no column {missing[0]!r}: it needs {', '.join(source.columns)}"
        raise BadTrainingData(what)
    for number, row in enumerate(rows, start=1):
        try:
            yield from source.examples(row)
        except (ValueError, SyntaxError, TypeError, AttributeError) as wrong:
            what = f"{path}, row {number}: {wrong}"
            raise BadTrainingData(what) from wrong
