"""A list of words, built once, in which each word of a text is looked up at the same cost."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from characters.hidden import ACCENT, without_hidden
from characters.normal_forms import normalised
from characters.styled import unstyled
from moderation.choices.suspect_words import ANY_LETTERS
from moderation.text.search_terms import MARKS

Entry = TypeVar("Entry")
Span = tuple[int, int]  # the first character, and the one after the last

CLUSTER = re.compile(rf".[{ACCENT}\u3099\u309a]*", re.DOTALL)
_ACCENTS = re.compile(f"[{ACCENT}]+")
_TOKEN = re.compile(rf"(?:[^\W_]|[{ACCENT}{re.escape(MARKS)}])+")
_BETWEEN = re.compile(r"[\s'’.-]*")  # tokens of a phrase; what holds another sign is no phrase
# Scripts that write words together, or endings without a blank: a word stands anywhere in them.
_TOGETHER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_KEY = 3  # letters by which what may stand anywhere is looked up


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words of a phrase in order, with stars before the first and after the last."""

    tokens: tuple[str, ...]
    opens: bool  # the first is the end of a word
    goes_on: bool  # the last is the beginning of a word

    def begins(self, tokens: Sequence[str]) -> bool:
        """Whether the tokens begin with the phrase."""
        first, own = tokens[0], self.tokens[0]
        if len(self.tokens) == 1:  # most are
            is_part = (self.opens and first.endswith(own)) or (
                self.goes_on and first.startswith(own)
            )
            return first == own or is_part
        if len(tokens) < len(self.tokens):
            return False
        last = len(self.tokens) - 1
        if last and tokens[last] != self.tokens[last] and not self.goes_on:
            return False
        return all(
            token == own
            or (self.opens and place == 0 and token.endswith(own))
            or (self.goes_on and place == last and token.startswith(own))
            for place, (own, token) in enumerate(zip(self.tokens, tokens, strict=False))
        )


_Entries = Mapping[str, Sequence[_Phrase]]


@dataclass(frozen=True, slots=True)
class _Index(Generic[Entry]):
    """Entries by letters, and how many letters those are."""

    entries: Mapping[str, Sequence[Entry]]
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by letters of their first word: all of them, the first or the last ones."""

    whole: _Entries
    beginnings: _Index[_Phrase]
    endings: _Index[_Phrase]
    anywhere: _Index[str]  # by their first letters

    def spans(self, plain: str) -> Iterator[Span]:
        """Where the words stand in a folded text, in any order; some may overlap."""
        matches = list(_TOKEN.finditer(plain))
        tokens = [match.group() for match in matches]
        for number, phrase in self._beginning(tokens):
            if phrase.begins(tokens[number : number + len(phrase.tokens)]):
                yield matches[number].start(), matches[number + len(phrase.tokens) - 1].end()
        yield from self._anywhere(plain)

    def _beginning(self, tokens: Sequence[str]) -> Iterator[tuple[int, _Phrase]]:
        """The phrases that may begin with a token, and its number."""
        for entries, keys in self._lookups(tokens):
            for number, key in enumerate(keys):
                if key in entries:  # few are
                    for phrase in entries[key]:
                        yield number, phrase

    def _lookups(self, tokens: Sequence[str]) -> Iterator[tuple[_Entries, Sequence[str]]]:
        """What the tokens are looked up in, one after the other, and the key of each token."""
        yield self.whole, tokens
        for length in self.beginnings.lengths:
            yield self.beginnings.entries, [token[:length] for token in tokens]
        for length in self.endings.lengths:
            yield self.endings.entries, [token[-length:] for token in tokens]

    def _anywhere(self, plain: str) -> Iterator[Span]:
        entries = self.anywhere.entries
        for length in self.anywhere.lengths:
            shifted = [plain[start:] for start in range(length)]
            for letters in entries.keys() & map("".join, zip(*shifted, strict=False)):
                for word in entries[letters]:
                    yield from _places(word, plain)


def _places(word: str, plain: str) -> Iterator[Span]:
    start = plain.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = plain.find(word, start + 1)


@lru_cache(maxsize=64)
def lexicon_of(words: tuple[str, ...]) -> Lexicon:
    """Build the lexicon of words and phrases, which may have stars at both ends."""
    whole, beginnings, endings = (defaultdict[str, list[_Phrase]](list) for _ in range(3))
    anywhere = defaultdict[str, list[str]](list)
    for word in words:
        opens, goes_on = word.startswith(ANY_LETTERS), word.endswith(ANY_LETTERS)
        for spelling in _spellings(word):
            tokens = tuple(_TOKEN.findall(spelling))
            if (opens and goes_on) or not _is_phrase(spelling, tokens):
                anywhere[spelling[:_KEY]].append(spelling)
                continue
            phrase = _Phrase(tokens, opens, goes_on)
            if opens:
                endings[tokens[0][-_KEY:]].append(phrase)
            elif goes_on and len(tokens) == 1:
                beginnings[tokens[0][:_KEY]].append(phrase)
            else:
                whole[tokens[0]].append(phrase)
    return Lexicon(whole, _index(beginnings), _index(endings), _index(anywhere))


@lru_cache(maxsize=4_096)
def fold(letters: str) -> str:
    """Return letters as they are compared: in no case and style, with nothing hidden."""
    plain = without_hidden(unstyled(normalised("NFKC", letters)))
    return normalised("NFC", plain.casefold())


def _index(entries: Mapping[str, Sequence[Entry]]) -> _Index[Entry]:
    return _Index(entries, tuple(sorted({len(letters) for letters in entries})))


def _spellings(word: str) -> set[str]:
    """A word as it is compared, with its accents and without."""
    bare = word.strip(ANY_LETTERS).strip()
    if bare.isascii():  # ten times as fast
        return {bare.lower()}
    folded = "".join(map(fold, CLUSTER.findall(bare)))
    return {folded, _without_accents(folded)}


def _without_accents(letters: str) -> str:
    plain = _ACCENTS.sub("", normalised("NFD", letters))
    return normalised("NFC", plain)


def _is_phrase(spelling: str, tokens: Sequence[str]) -> bool:
    """Whether it holds nothing but words, and what may stand between two."""
    if spelling.isalnum():  # most words, in a tenth of the time
        return not _TOGETHER.search(spelling)
    between = all(_BETWEEN.fullmatch(sign) for sign in _TOKEN.split(spelling))
    return bool(tokens) and between and not _TOGETHER.search(spelling)
