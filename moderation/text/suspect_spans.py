"""Where a text has suspect words: in any case, with characters that nobody sees left out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from moderation.text.lexicon import CLUSTER, Lexicon, Span, fold, lexicon_of

_FREQUENT = (*range(0xA1, 0x530), *range(0x2010, 0x2026))  # letters of Europe, and marks of print


def suspect_spans(text: str, words: Sequence[str]) -> list[Span]:
    """Find suspect words in a text.

    Args:
        text: As it was written.
        words: Of a site. One with accents is found without them too, for that is how people type;
            one without them is another word than one with them.

    Returns:
        Where they stand, in order; none overlaps another.
    """
    return spans_of(text, lexicon_of(tuple(words))) if words else []


def spans_of(text: str, lexicon: Lexicon) -> list[Span]:
    """Find the words of a lexicon in a text, as `suspect_spans` does."""
    if _plain().fullmatch(text):  # most texts, ten times as fast
        return list(_apart(list(lexicon.spans(text.casefold()))))
    plain, places = _folded(text)
    return [
        (places[start][0], places[end - 1][1]) for start, end in _apart(list(lexicon.spans(plain)))
    ]


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """In order; of those that overlap the first, and the longest of those that begin there."""
    last = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield start, end
            last = end


@lru_cache(maxsize=1)
def _plain() -> re.Pattern[str]:
    """What is folded, character by character, when it is in no case."""
    alike = "".join(c for c in map(chr, _FREQUENT) if _is_alone(c) and fold(c) == c.casefold())
    return re.compile(rf"[\t\n\r -~{re.escape(alike)}]*")


def _is_alone(character: str) -> bool:
    """Whether it is one character when it is folded too, and no mark on another."""
    return len(fold(character)) == 1 and not unicodedata.category(character).startswith("M")


def _folded(text: str) -> tuple[str, list[Span]]:
    """The text as it is compared, and where each of its characters comes from."""
    clusters = [match.span() for match in CLUSTER.finditer(text)]
    letters = [fold(text[start:end]) for start, end in clusters]
    places = [
        span for span, folded in zip(clusters, letters, strict=True) for _ in range(len(folded))
    ]
    return "".join(letters), places
