"""The parts of the model card that no training changes, as Markdown files beside this module."""

from pathlib import Path

_FOLDER = Path(__file__).parent
_EXPERIMENTS = (
    "experiments_everyday",
    "experiments_features",
    "experiments_news",
    "experiments_flags",
    "experiments_spam",
)


def data() -> str:
    """Return the table of the training data and its licences."""
    return _read("data")


def known_failures() -> str:
    """Return the list of known failures."""
    return _read("known_failures")


def experiments() -> str:
    """Return the account of what was tried."""
    return "\n".join(map(_read, _EXPERIMENTS))


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
