"""The training corpus: the labelled files, and the examples made for training."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from models.datasets.augmentation import augmented_examples
from models.datasets.examples import DatasetFile, Example
from models.datasets.sources import DATASET_FILES

_KIND = {".gz": "gzipped CSV", ".csv": "CSV"}


class BadTrainingData(ValueError):
    """A training file is missing or malformed; the message says where, and what is right."""


def read_corpus(folder: Path) -> list[Example]:
    """Read the training corpus.

    Args:
        folder: Holds the files of DATASET_FILES.

    Returns:
        The examples of every file, in the order of the files, then those made for training.

    Raises:
        BadTrainingData: A file is missing, unreadable or has a wrong column or label.
    """
    labelled = [
        example for dataset in DATASET_FILES for example in _read(folder / dataset.path, dataset)
    ]
    return labelled + augmented_examples(labelled)


def _read(path: Path, dataset: DatasetFile) -> Iterator[Example]:
    if not path.is_file():
        message = f"{path} is missing: it is one of the files that the model is trained on"
        raise BadTrainingData(message)
    try:
        open_text = gzip.open if path.suffix == ".gz" else open
        with open_text(path, "rt", encoding="utf-8", newline="") as lines:
            yield from _examples(csv.DictReader(lines), path, dataset)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as error:
        message = f"{path} cannot be read as {_KIND.get(path.suffix)} in UTF-8: {error}"
        raise BadTrainingData(message) from error


def _examples(rows: "csv.DictReader[str]", path: Path, dataset: DatasetFile) -> Iterator[Example]:
    missing = [name for name in dataset.columns if name not in (rows.fieldnames or ())]
    if missing:
        message = f"{path} has no column {missing[0]!r}: it needs {', '.join(dataset.columns)}"
        raise BadTrainingData(message)
    for number, row in enumerate(rows, start=1):
        try:
            yield from dataset.examples(row)
        except (ValueError, SyntaxError, TypeError, AttributeError) as error:
            message = f"{path}, row {number}: {error}"
            raise BadTrainingData(message) from error
