"""Tell the language of texts: by their script, else by a linear model for each language.

The library py3langid 0.4 was tried first: it knows no Hindi or Urdu in Latin letters, and it takes
80 instead of 2 MB.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models.features.array_types import Floats
from models.serving.languages.english_words import (
    EnglishWords,
    WordKind,
    are_english,
    may_be_english,
    say_little,
)
from models.serving.languages.grades import ENGLISH, MIXED, UNDETERMINED
from models.serving.languages.language_features import head_and_tail
from models.serving.languages.letter_scores import LetterScores
from models.serving.languages.scripts import LANGUAGES_BY_SCRIPT, LATIN, script_counts
from models.serving.languages.text_parts import ReadText

FEWEST_LETTERS = 8  # below, a text of the site's script is in the site's default language
_SURE = 0.1  # a score of the default language from which no other is looked at
_PREFERENCE = 0.15  # what a language of the site may be behind the best, and is taken all the same
_UNCLAIMED = -0.75  # where no language scores as high, it is none that was trained on
_SHORT = 20  # letters: a text that no language claims is then taken for the default one
_NEAR = 0.5  # where that is no more behind the best
# Of a second script, from which a text is mixed. Latin names stand in texts of any script.
_OTHER_LETTERS, _OTHER_SIGNS = 8, 4  # the latter where a letter is a syllable or a word
_LATIN_SHARE = 0.3
_SIGNS = ("Hani", "Kana", "Hang")
_FEWEST_TO_BE_SURE, _CLAIM = 12, 0.15  # letters and score of a text that is surely in a language
_BATCH = 32  # texts: the features of one can be 12,000
_PART_MARGIN = 0.6  # by which another language must lead in a part of a text


@dataclass(frozen=True)
class SpokenLanguages:
    """The languages of a site, by code, and the one that a text too short to tell is in."""

    codes: tuple[str, ...] = (ENGLISH,)
    default: str = ENGLISH


@dataclass(frozen=True)
class Identifier:
    """Tells by the script, by the words of English, else by the language that claims a text most.

    Attributes:
        letters: A model for each language.
        words: What no text is English without.
    """

    letters: LetterScores
    words: EnglishWords

    def known(self) -> frozenset[str]:
        """Return the codes of all languages that are told from others."""
        return frozenset((*self.letters.codes, *LANGUAGES_BY_SCRIPT.values()))

    def identify(self, texts: Sequence[str], spoken: SpokenLanguages) -> list[str]:
        """Return the code of each text's language.

        Args:
            texts: Of any length; of a long one the first 2,000 characters and the last 1,000 count.
            spoken: The languages of their site.

        Returns:
            A code, MIXED for several languages, UNDETERMINED for one that is not known here.
        """
        is_plain = [self.words.is_plain(text) for text in texts]
        rest = [text for text, plain in zip(texts, is_plain, strict=True) if not plain]
        codes = iter(self._by_all([ReadText(head_and_tail(text)) for text in rest], spoken))
        return [ENGLISH if plain else next(codes) for plain in is_plain]

    def is_sure(self, text: str, code: str) -> bool:
        """Whether a text that was told as in a language other than English is surely in it."""
        if code not in self.letters.codes:
            return True  # its script tells it
        read = ReadText(text)
        is_long = read.letters >= _FEWEST_TO_BE_SURE
        return is_long and bool(self.letters.scores_of(code, [read.plain])[0] >= _CLAIM)

    def _by_all(self, texts: Sequence[ReadText], spoken: SpokenLanguages) -> list[str]:
        """By words where they are proof enough, else by a model whose answer they must allow."""
        kinds = [self.words.kinds_of(text.sentences, text.original) for text in texts]
        unsure = [
            (text, own)
            for text, own in zip(texts, kinds, strict=True)
            if not _is_english(own, text.original, spoken)
        ]
        by_model = self._by_model([text for text, _ in unsure], spoken)
        codes = {
            id(text): _allowed(code, own)
            for (text, own), code in zip(unsure, by_model, strict=True)
        }
        return [codes.get(id(text), ENGLISH) for text in texts]

    def _by_model(self, texts: Sequence[ReadText], spoken: SpokenLanguages) -> list[str]:
        by_script = [self._by_script(text, spoken) for text in texts]
        unsure = [text for text, code in zip(texts, by_script, strict=True) if code is None]
        by_words = iter(self._by_words(unsure, spoken))
        return [next(by_words) if code is None else code for code in by_script]

    def _by_script(self, text: ReadText, spoken: SpokenLanguages) -> str | None:
        """The code where the script tells it, or where there is too little to tell."""
        ranked = script_counts(text.plain).most_common(2)
        if not ranked or not ranked[0][1]:
            return spoken.default
        (script, letters), others = ranked[0], ranked[1:]
        if any(_is_much(other, number, letters) for other, number in others):
            return MIXED
        if script in LANGUAGES_BY_SCRIPT:
            return LANGUAGES_BY_SCRIPT[script]
        if script not in self.letters.scripts:
            return UNDETERMINED
        is_default = script == self.letters.script_of(spoken.default) and spoken.default != ENGLISH
        return spoken.default if is_default and letters < FEWEST_LETTERS else None

    def _by_words(self, texts: Sequence[ReadText], spoken: SpokenLanguages) -> list[str]:
        """Those that are surely in the default language come first, which is quick."""
        sure = self._surely_default(texts, spoken.default)
        unsure = [text for text, is_sure in zip(texts, sure, strict=True) if not is_sure]
        chosen = (
            code
            for first in range(0, len(unsure), _BATCH)
            for code in self._chosen(unsure[first : first + _BATCH], spoken)
        )
        return [spoken.default if is_sure else next(chosen) for is_sure in sure]

    def _surely_default(self, texts: Sequence[ReadText], default: str) -> list[bool]:
        """Whether the default language claims each part of the text."""
        if default not in self.letters.codes or not texts:
            return [False] * len(texts)
        raw = self.letters.scores_of(default, [part for text in texts for part in text.parts])
        starts = np.cumsum([0, *(len(text.parts) for text in texts)])
        return [bool(sure) for sure in np.logical_and.reduceat(raw >= _SURE, starts[:-1])]

    def _chosen(self, texts: Sequence[ReadText], spoken: SpokenLanguages) -> Iterator[str]:
        scores = self.letters.scores([row for text in texts for row in (text.plain, *text.parts)])
        first = 0
        for text in texts:
            script = script_counts(text.plain).most_common(1)[0][0]
            places = [place for place, own in enumerate(self.letters.scripts) if own == script]
            codes = [self.letters.codes[place] for place in places]
            end = first + 1 + len(text.parts)
            of_text, *of_parts = scores[first:end, places]
            code = _best(of_text, codes, spoken, text.letters)
            is_mixed = any(_contradicts(of_part, codes, code) for of_part in of_parts)
            yield MIXED if is_mixed else code
            first = end


def _is_english(kinds: Sequence[Sequence[WordKind]], text: str, spoken: SpokenLanguages) -> bool:
    if are_english(kinds):
        return True
    return spoken.default == ENGLISH and bool(kinds) and say_little(kinds, text)


def _allowed(code: str, kinds: Sequence[Sequence[WordKind]]) -> str:
    """A model says which language is the likeliest, not that it is one of those it knows."""
    return UNDETERMINED if code == ENGLISH and kinds and not may_be_english(kinds) else code


def _is_much(other: str, number: int, letters: int) -> bool:
    """Whether a text has so much of a second script that it is mixed."""
    if other == LATIN:
        return number >= max(_OTHER_LETTERS, _LATIN_SHARE * letters)
    return number >= (_OTHER_SIGNS if other in _SIGNS else _OTHER_LETTERS)


def _best(scores: Floats, codes: Sequence[str], spoken: SpokenLanguages, letters: int) -> str:
    best = int((scores + _PREFERENCE * np.isin(codes, spoken.codes)).argmax())
    if spoken.default in codes and scores[best] < 0 and letters < _SHORT:
        behind = scores.max() - scores[codes.index(spoken.default)]
        return spoken.default if behind < _NEAR else codes[best]
    return codes[best] if scores[best] >= _UNCLAIMED else UNDETERMINED


def _contradicts(of_part: Floats, codes: Sequence[str], code: str) -> bool:
    """Whether a part is plainly in another language than the whole."""
    if code not in codes:
        return False
    best = int(of_part.argmax())
    return bool(of_part[best] > 0 and of_part[best] - of_part[codes.index(code)] > _PART_MARGIN)
