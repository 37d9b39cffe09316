"""Stop words of some languages, read once from `stopwords.toml`."""

import tomllib
from pathlib import Path

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

STOPWORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}
