"""The suspect words of a site: a comment that has one of them waits for a moderator."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from characters.hidden import is_visible_line
from moderation.choices.site_languages import language_code, language_name

MOST_WORDS = 10_000
MAX_WORD = 80  # characters, blanks of a phrase among them
ANY_LETTERS = "*"  # at an end of a word: any letters, or none
# The words that come with Parley, by the code of their language.
LISTS: Mapping[str, tuple[str, ...]] = {
    code: tuple(words)
    for code, words in tomllib.loads(
        Path(__file__).with_name("suspect_lists.toml").read_text(encoding="utf-8")
    ).items()
}


class InvalidSuspectWords(ValueError):
    """The words or lists can be none of a site; the sentence says what could be."""


@dataclass(frozen=True, slots=True)
class SuspectWords:
    """What a site holds comments for, whatever their scores are.

    Attributes:
        words: Its own words and phrases; one with ANY_LETTERS at an end is a part of a word.
        lists: The languages whose list of Parley it uses too.
    """

    words: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def all_words(self) -> tuple[str, ...]:
        """Its own, then those of its lists."""
        return (*self.words, *(word for code in self.lists for word in LISTS.get(code, ())))

    def with_words(self, lines: Iterable[str]) -> "SuspectWords":
        """These lists with other words, one a line; empty lines are none.

        Raises:
            InvalidSuspectWords: A line is no word, or there are too many.
        """
        words = {
            suspect_word(line).casefold(): suspect_word(line) for line in lines if line.strip()
        }
        if len(words) > MOST_WORDS:
            sentence = f"a site has at most {MOST_WORDS:,} suspect words, not {len(words):,}"
            raise InvalidSuspectWords(sentence)
        return replace(self, words=tuple(words.values()))

    def with_lists(self, codes: Iterable[str]) -> "SuspectWords":
        """These words with other lists; raises InvalidSuspectWords or InvalidLanguages."""
        known = tuple(dict.fromkeys(map(language_code, codes)))
        for code in known:
            if code not in LISTS:
                sentence = (
                    f"Parley has no list of suspect words in {language_name(code)}; it has those of"
                    f" {', '.join(LISTS)}: give your own, one word a line"
                )
                raise InvalidSuspectWords(sentence)
        return replace(self, lists=known)

    def as_audited(self) -> dict[str, object]:
        """How many words there are, and a hash that another word changes: no words."""
        digest = hashlib.sha256("\n".join(self.words).encode()).hexdigest()
        return {"words": len(self.words), "sha256": digest[:16], "lists": list(self.lists)}


NO_WORDS = SuspectWords()


def suspect_word(line: str) -> str:
    """Return the word or phrase with single blanks, or raise InvalidSuspectWords."""
    word = " ".join(line.split())
    letters = word.removeprefix(ANY_LETTERS).removesuffix(ANY_LETTERS).strip()
    if not is_visible_line(word) or len(word) > MAX_WORD or not letters or ANY_LETTERS in letters:
        sentence = (
            f"a word is a line of 1 to {MAX_WORD} visible characters, with a star at its beginning"
            f" or end for any letters, as idiot* or *viagra*; not {line.strip()[:MAX_WORD]!r}"
        )
        raise InvalidSuspectWords(sentence)
    return word
