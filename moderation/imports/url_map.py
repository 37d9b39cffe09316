"""Addresses that changed: where the pages of an old system are now."""

from collections.abc import Iterable
from dataclasses import dataclass


class InvalidUrlMap(ValueError):
    """A line of the map cannot be read; the sentence says which and what would be right."""


@dataclass(frozen=True, slots=True)
class UrlMap:
    """Old addresses with their new ones.

    Attributes:
        whole: Of single pages.
        beginnings: Of all that begin so, the longest first.
    """

    whole: dict[str, str]
    beginnings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, lines: Iterable[str]) -> "UrlMap":
        """Read `OLD NEW` from each line; a `*` at the end of both stands for any rest.

        Empty lines and those that begin with # count for nothing. Raises InvalidUrlMap.
        """
        whole, beginnings = {}, {}
        for number, line in enumerate(lines, start=1):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            old, new = _pair(number, words)
            if old.endswith("*"):
                beginnings[old[:-1]] = new[:-1]
            else:
                whole[old] = new
        longest_first = sorted(beginnings.items(), key=lambda pair: -len(pair[0]))
        return cls(whole, tuple(longest_first))

    def new_address(self, old: str) -> str:
        """Return where a page is now: as it is where the map does not say."""
        if old in self.whole:
            return self.whole[old]
        for old_beginning, new_beginning in self.beginnings:
            if old.startswith(old_beginning):
                return new_beginning + old[len(old_beginning) :]
        return old


def _pair(number: int, words: list[str]) -> tuple[str, str]:
    if len(words) != 2:
        sentence = f"line {number} must have an old and a new address, with a space between them"
        raise InvalidUrlMap(sentence)
    old, new = words
    if old.endswith("*") != new.endswith("*") or "*" in old[:-1] + new[:-1]:
        sentence = f"line {number}: a * stands at the end of both addresses, or of neither"
        raise InvalidUrlMap(sentence)
    return old, new
