"""The normaliser once more, with a map back: which part of the text each of its characters is from.

Apart from `normalise`, so that scoring pays nothing for it; a test holds the two equal.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from characters.hidden import CONTROLS, REMOVALS, empty
from characters.normal_forms import normalised
from models.features import normalise as steps
from models.features.normalise import HEAD_CHARACTERS, TAIL_CHARACTERS

_WRITTEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Traced:
    """A text whose character i comes from `begins[i]` to `ends[i]` of the original."""

    text: str
    begins: Sequence[int]
    ends: Sequence[int]


def normalise_traced(text: str) -> Traced:
    """What `normalise` gives, and where each character of it comes from."""
    plain = _cut(Traced(text, range(len(text)), range(1, len(text) + 1)))
    plain = _casefolded(_replaced(plain, CONTROLS, empty))
    if not plain.text.isascii():
        plain = _compatible(plain)
    plain = _with_tokens(plain)
    if steps.MAYBE_SEPARATED.search(plain.text):
        plain = _joined(plain)
    if not plain.text.isascii() and steps.LOOKALIKE.search(plain.text):
        plain = _replaced(plain, steps.WORD, steps.fold_mixed)
    return _single_spaced(_replaced(_without_leet(plain), steps.REPEATED, _first))


def _cut(traced: Traced) -> Traced:
    size = len(traced.text)
    if size <= HEAD_CHARACTERS + TAIL_CHARACTERS:
        return traced
    kept = [*range(HEAD_CHARACTERS + 1), *range(size - TAIL_CHARACTERS, size)]
    begins, ends = _at(traced.begins, kept), _at(traced.ends, kept)
    return Traced(steps.cut(traced.text), begins, ends)


def _replaced(traced: Traced, pattern: re.Pattern[str], new: steps.Replacement) -> Traced:
    """As `pattern.sub`; what replaces a match of another length comes from all of it."""
    matches = list(pattern.finditer(traced.text))
    if not matches:
        return traced
    texts: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    last = 0
    for match in matches:
        start, end = match.span()
        texts += (traced.text[last:start], instead := new(match))
        begins += traced.begins[last:start]
        ends += traced.ends[last:start]
        same = len(instead) == end - start
        begins += traced.begins[start:end] if same else [traced.begins[start]] * len(instead)
        ends += traced.ends[start:end] if same else [traced.ends[end - 1]] * len(instead)
        last = end
    texts.append(traced.text[last:])
    return Traced("".join(texts), [*begins, *traced.begins[last:]], [*ends, *traced.ends[last:]])


def _kept(traced: Traced, places: Sequence[int]) -> Traced:
    text = "".join([traced.text[place] for place in places])
    return Traced(text, _at(traced.begins, places), _at(traced.ends, places))


def _spread(traced: Traced, pieces: Sequence[str]) -> Traced:
    """One piece for each character of the text, which it comes from."""
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return Traced("".join(pieces), _at(traced.begins, places), _at(traced.ends, places))


def _casefolded(traced: Traced) -> Traced:
    if traced.text.isascii():
        return Traced(traced.text.lower(), traced.begins, traced.ends)
    return _spread(traced, [sign.casefold() for sign in traced.text])


def _compatible(traced: Traced) -> Traced:
    for pattern, replacement in REMOVALS:
        traced = _replaced(traced, pattern, replacement)
    traced = _replaced(traced, steps.MARK_RUN, steps.first_two)
    bare = _replaced(_decomposed(traced), steps.DIACRITICS, empty)
    return _cut(_casefolded(_composed(_decomposed(bare))))


def _decomposed(traced: Traced) -> Traced:
    """NFKD: each character by itself, then runs of marks in the order of their classes."""
    apart = _spread(traced, [unicodedata.normalize("NFKD", sign) for sign in traced.text])
    classes = [unicodedata.combining(sign) for sign in apart.text]
    if not any(classes):
        return apart
    runs = groupby(range(len(classes)), key=lambda place: classes[place] > 0)
    ordered = (sorted(run, key=classes.__getitem__) if marks else run for marks, run in runs)
    return _kept(apart, list(chain.from_iterable(ordered)))


def _composed(traced: Traced) -> Traced:
    """NFKC of a decomposed text: a character takes as many as it decomposes to."""
    text = normalised("NFKC", traced.text)
    begins: list[int] = []
    ends: list[int] = []
    last = 0
    for sign in text:
        taken = slice(last, last := last + len(unicodedata.normalize("NFD", sign)))
        begins.append(min(traced.begins[taken]))
        ends.append(max(traced.ends[taken]))
    return Traced(text, begins, ends)


def _with_tokens(traced: Traced) -> Traced:
    traced = _replaced(traced, steps.LINK, lambda _: " <link> ")
    if "@" not in traced.text:
        return traced
    traced = _replaced(traced, steps.EMAIL, lambda _: " <email> ")
    return _replaced(traced, steps.MENTION, lambda _: " <mention> ")


def _without_leet(traced: Traced) -> Traced:
    if "@" in traced.text or "$" in traced.text:
        traced = _replaced(traced, steps.LEET_AT_EDGE, steps.deleet)
    return _replaced(traced, steps.LEET_INSIDE, steps.deleet)


def _joined(traced: Traced) -> Traced:
    between = {
        place
        for run in steps.SEPARATED.finditer(traced.text)
        for place in range(*run.span())
        if steps.BETWEEN_LETTERS.match(traced.text[place])
    }
    return _kept(traced, [place for place in range(len(traced.text)) if place not in between])


def _single_spaced(traced: Traced) -> Traced:
    """The first sign of white space between words stands for all of it."""
    places: list[int] = []
    for word in _WRITTEN.finditer(traced.text):
        if places:
            places.append(places[-1] + 1)
        places += range(*word.span())
    kept = _kept(traced, places)
    words = traced.text.split()
    return Traced(" ".join(words), kept.begins, kept.ends)


def _at(numbers: Sequence[int], places: Iterable[int]) -> list[int]:
    return [numbers[place] for place in places]


def _first(run: re.Match[str]) -> str:
    return run.group(1)
