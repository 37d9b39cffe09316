"""Where a text has suspect words: in any case, with characters that nobody sees left out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from characters.hidden import ACCENT, without_hidden
from characters.normal_forms import normalised
from characters.styled import unstyled
from moderation.choices.suspect_words import ANY_ENDING
from moderation.text.search_terms import MARKS

Span = tuple[int, int]  # the first character, and the one after the last

_ACCENTS = re.compile(f"[{ACCENT}]+")
_CLUSTER = re.compile(rf".[{ACCENT}\u3099\u309a]*", re.DOTALL)
_TOKEN = re.compile(rf"(?:[^\W_]|[{ACCENT}{re.escape(MARKS)}])+")
_BETWEEN = re.compile(r"[\s'’.-]*")  # tokens of a phrase; what holds another sign is no phrase
# Scripts that write words together, or endings without a blank: a word stands anywhere in them.
_TOGETHER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words of a phrase in order; the last is a beginning where it is open."""

    tokens: tuple[str, ...]
    is_open: bool

    def begins(self, tokens: Sequence[str]) -> bool:
        """Whether the tokens begin with the phrase."""
        *whole, last = self.tokens
        if len(tokens) < len(self.tokens) or list(tokens[: len(whole)]) != whole:
            return False
        end = tokens[len(whole)]
        return end.startswith(last) if self.is_open else end == last


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Phrases by their first word, single words that are open, and what stands within words."""

    phrases: Mapping[str, Sequence[_Phrase]]
    beginnings: tuple[str, ...]
    anywhere: Sequence[str]


def suspect_spans(text: str, words: Sequence[str]) -> list[Span]:
    """Find suspect words in a text.

    Args:
        text: As it was written.
        words: Of a site. One with accents is found without them too, for that is how people type;
            one without them is another word than one with them.

    Returns:
        Where they stand, in order; none overlaps another.
    """
    if not words:
        return []
    plain, places = _folded(text)
    lexicon = _lexicon(tuple(words))
    return [
        (places[start][0], places[end - 1][1])
        for start, end in _apart([*_of_phrases(plain, lexicon), *_anywhere(plain, lexicon)])
    ]


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """In order; of those that overlap the first, and the longest of those that begin there."""
    last = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield start, end
            last = end


def _of_phrases(plain: str, lexicon: _Lexicon) -> Iterator[Span]:
    matches = list(_TOKEN.finditer(plain))
    tokens = [match.group() for match in matches]
    for number, token in enumerate(tokens):
        if token.startswith(lexicon.beginnings):
            yield matches[number].span()
        for phrase in lexicon.phrases.get(token, ()):
            if phrase.begins(tokens[number : number + len(phrase.tokens)]):
                yield matches[number].start(), matches[number + len(phrase.tokens) - 1].end()


def _anywhere(plain: str, lexicon: _Lexicon) -> Iterator[Span]:
    for word in lexicon.anywhere:
        start = plain.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = plain.find(word, start + len(word))


def _folded(text: str) -> tuple[str, list[Span]]:
    """The text as it is compared, and where each of its characters comes from."""
    if text.isascii() and text.isprintable():  # most texts, ten times as fast
        return text.lower(), [(place, place + 1) for place in range(len(text))]
    clusters = [match.span() for match in _CLUSTER.finditer(text)]
    letters = [_fold(text[start:end]) for start, end in clusters]
    places = [
        span for span, folded in zip(clusters, letters, strict=True) for _ in range(len(folded))
    ]
    return "".join(letters), places


@lru_cache(maxsize=4_096)
def _fold(letters: str) -> str:
    plain = without_hidden(unstyled(normalised("NFKC", letters)))
    return normalised("NFC", plain.casefold())


@lru_cache(maxsize=64)
def _lexicon(words: tuple[str, ...]) -> _Lexicon:
    phrases: defaultdict[str, list[_Phrase]] = defaultdict(list)
    beginnings, anywhere = [], []
    for word in words:
        bare, is_open = "".join(map(_fold, _clusters(word))), word.endswith(ANY_ENDING)
        for spelling in {bare, _without_accents(bare)}:
            tokens = tuple(_TOKEN.findall(spelling))
            if not tokens or _TOGETHER.search(bare) or not _is_phrase(spelling):
                anywhere.append(bare)
            elif is_open and len(tokens) == 1:
                beginnings.append(tokens[0])
            else:
                phrases[tokens[0]].append(_Phrase(tokens, is_open))
    return _Lexicon(phrases, tuple(beginnings), anywhere)


def _clusters(word: str) -> list[str]:
    return _CLUSTER.findall(word.removesuffix(ANY_ENDING).strip())


def _without_accents(letters: str) -> str:
    plain = _ACCENTS.sub("", normalised("NFD", letters))
    return normalised("NFC", plain)


def _is_phrase(spelling: str) -> bool:
    """Whether it holds nothing but words, and what may stand between two."""
    return all(_BETWEEN.fullmatch(sign) for sign in _TOKEN.split(spelling))
