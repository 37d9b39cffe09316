"""Words of texts in ASCII, which most are: splitting is many times as quick as any pattern."""

import re
import string

_APOSTROPHE = ord("'")
_LETTERS = frozenset(map(ord, string.ascii_letters))
# A space for all but letters and apostrophes.
_ALONE = bytes(code if code in {*_LETTERS, _APOSTROPHE} else ord(" ") for code in range(256))
_OUTER_APOSTROPHE = re.compile("(?<![A-Za-z])'+|'+(?![A-Za-z])")

# The same in lower case, with a line for each sentence, and a zero for a digit or an underscore.
_DIGIT, _ENDS = ord("0"), frozenset(map(ord, ".!?\n"))
_DIGITS = frozenset(map(ord, f"{string.digits}_"))


def _in_sentence(code: int) -> int:
    if code in _LETTERS or code == _APOSTROPHE:
        return ord(chr(code).lower())
    if code in _ENDS:
        return ord("\n")
    return _DIGIT if code in _DIGITS else ord(" ")


_IN_SENTENCES = bytes(map(_in_sentence, range(256)))
_WITH_DIGIT = re.compile("(?<![a-z0])[a-z]*+0[a-z0]*")
_PIECE = re.compile("[a-z][a-z']*")


def words_between(text: str) -> list[str]:
    """The words of a text in ASCII, as they are written; apostrophes only between letters."""
    letters = text.encode().translate(_ALONE).decode()
    if "'" in letters:
        letters = _OUTER_APOSTROPHE.sub(" ", letters)
    return letters.split()


def words_of_sentences(text: str) -> list[list[str]]:
    """The words of each sentence of a text in ASCII in lower case; none of them has a digit.

    Args:
        text: Without links, mentions and hashtags.
    """
    lines = text.encode().translate(_IN_SENTENCES).decode().split("\n")
    return [words for line in lines if (words := _words(line))]


def _words(line: str) -> list[str]:
    chunks = line.split()
    if all(map(str.isalpha, chunks)):
        return chunks
    return [word for chunk in chunks for word in ((chunk,) if chunk.isalpha() else _pieces(chunk))]


def _pieces(chunk: str) -> list[str]:
    """The words of letters, apostrophes and zeros without a space between them."""
    return _PIECE.findall(_WITH_DIGIT.sub(" ", chunk))
