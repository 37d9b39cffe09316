"""How often languages are told right, on comments that were held out."""

from pathlib import Path

import numpy as np

from models.languages.identification_fit import held_out
from models.languages.language_rows import language_codes, read_english, read_language
from models.metrics.summary import four_decimals
from models.serving.languages.grades import ENGLISH
from models.serving.languages.identification import Identifier, SpokenLanguages
from models.serving.languages.language_features import words_alone

_SHORT = 40  # letters


def accuracies(data: Path, identifier: Identifier) -> dict[str, dict[str, float]]:
    """Of each language, on comments that were held out: how many are told right."""
    texts = {code: read_language(data, code).texts for code in language_codes(data)}
    return {
        code: _accuracy(held_out(own)[:2_000], code, identifier)
        for code, own in {ENGLISH: read_english(data), **texts}.items()
    }


def _accuracy(texts: list[str], code: str, identifier: Identifier) -> dict[str, float]:
    """English as on a site in English, others as on a site in English and the language."""
    spoken = SpokenLanguages(tuple(dict.fromkeys((ENGLISH, code))), ENGLISH)
    right = np.array([own == code for own in identifier.identify(texts, spoken)])
    letters = np.array([len(words_alone(text).replace(" ", "")) for text in texts])
    short, is_long = letters < _SHORT, letters >= _SHORT
    shares = {"short": right[short], "long": right[is_long]}
    return {name: four_decimals(of.mean()) for name, of in shares.items() if len(of)}
