"""Sentences of known meaning for the functional tests, read once from `functional_cases.toml`."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

GROUPS: list[dict[str, str]] = _DATA["groups"]
HATEFUL: dict[str, list[str]] = _DATA["hateful"]
HARMLESS: dict[str, list[str]] = _DATA["harmless"]


def fill(template: str) -> list[str]:
    """Fill a template with each group of people.

    Args:
        template: May hold {people}, {person} and {slur}.

    Returns:
        The different sentences, each with a capital first: one per group, or one where the
        template names no group.
    """
    return list(dict.fromkeys(_capitalised(template.format(**group)) for group in GROUPS))


def _capitalised(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
