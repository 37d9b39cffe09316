"""Undo the disguises that people put on words, so that features see the word they meant.

Every step is one pass without nested quantifiers: the time grows with the length and nothing else.
"""

import re
import unicodedata
from collections.abc import Callable

from characters.hidden import ACCENT, without_controls, without_hidden
from characters.normal_forms import normalised

NORMALISER_VERSION = 1

Replacement = Callable[[re.Match[str]], str]

# A longer text is scored by its head and tail; the service admits 10,000 characters.
HEAD_CHARACTERS = 8_000
TAIL_CHARACTERS = 4_000

# No character above this has a combining class.
_COMBINING_END = 0x1F000

_LOOKALIKES = str.maketrans(
    {
        **dict(zip("авекмнорстухѕіјԁԛԝһөпѵ", "abekmhopctyxsijdqwhonv", strict=True)),
        **dict(zip("αβγεηικνορστυχωϳ", "abyenikvopstuxwj", strict=True)),
    }
)
_LEET = str.maketrans("013457@$!", "oieastasi")

DIACRITICS = re.compile(f"[{ACCENT}]")
_MARKS = "".join(chr(c) for c in range(0x300, _COMBINING_END) if unicodedata.combining(chr(c)))
MARK_RUN = re.compile(f"[{_MARKS}]{{3,}}+")
WORD = re.compile(r"\w++")
_LATIN = re.compile("[a-z]")
LOOKALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")

LINK = re.compile(r"(?:https?://|www\.)\S++")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]++")
MENTION = re.compile(r"(?<![\w@])@(?!ss)\w\w++")
LEET_INSIDE = re.compile(r"[013457@$!](?<=[a-z].)[013457@$!]{0,2}+(?=[a-z])")
LEET_AT_EDGE = re.compile(
    r"\$(?<![\w$@].)\$?+(?=[a-z]{2})|\$(?<=[a-z].)\$?+(?!\w)|@(?<![\w$@].)(?=ss)"
)
SEPARATED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*_-][^\W\d_](?![^\W_])){2,}+")
# A quick look: most texts hold nothing of the kind, and the full pattern is slower.
MAYBE_SEPARATED = re.compile(r"[ .*_-][^\W\d_][ .*_-][^\W\d_](?![^\W_])")
BETWEEN_LETTERS = re.compile("[ .*_-]")
REPEATED = re.compile(r"(.)\1\1\1*+", re.DOTALL)


def cut(text: str) -> str:
    """The part of the text that is scored: all of it, or the head and the tail of a long one."""
    if len(text) <= HEAD_CHARACTERS + TAIL_CHARACTERS:
        return text
    return f"{text[:HEAD_CHARACTERS]} {text[-TAIL_CHARACTERS:]}"


def normalise(text: str) -> str:
    """The text without disguises: case-folded, in plain letters, with single spaces.

    Scores at most 12,000 characters, the first 8,000 and the last 4,000. Links, e-mail addresses
    and mentions become the tokens `<link>`, `<email>` and `<mention>`. Never raises, whatever the
    characters are.
    """
    plain = without_controls(cut(text)).casefold()
    if not plain.isascii():
        plain = _compatible(plain)
    plain = _with_tokens(plain)
    if MAYBE_SEPARATED.search(plain):
        plain = SEPARATED.sub(_joined, plain)
    if not plain.isascii() and LOOKALIKE.search(plain):
        plain = WORD.sub(fold_mixed, plain)
    return " ".join(REPEATED.sub(r"\1", _without_leet(plain)).split())


def _compatible(text: str) -> str:
    """Compatibility forms unfolded, invisible characters and accents gone."""
    visible = MARK_RUN.sub(first_two, without_hidden(text))
    bare = DIACRITICS.sub("", normalised("NFKD", visible))
    return cut(normalised("NFKC", bare).casefold())


def first_two(marks: re.Match[str]) -> str:
    """Two of the marks that pile up on a letter."""
    return marks.group()[:2]


def fold_mixed(word: re.Match[str]) -> str:
    """A word of two scripts in Latin letters; a word of one script as it is."""
    letters = word.group()
    if letters.isascii() or not _LATIN.search(letters) or not LOOKALIKE.search(letters):
        return letters
    return letters.translate(_LOOKALIKES)


def _with_tokens(text: str) -> str:
    text = LINK.sub(" <link> ", text)
    return MENTION.sub(" <mention> ", EMAIL.sub(" <email> ", text)) if "@" in text else text


def _without_leet(text: str) -> str:
    if "@" in text or "$" in text:
        text = LEET_AT_EDGE.sub(deleet, text)
    return LEET_INSIDE.sub(deleet, text)


def deleet(match: re.Match[str]) -> str:
    """Digits and signs as the letters they stand for."""
    return match.group().translate(_LEET)


def _joined(match: re.Match[str]) -> str:
    return BETWEEN_LETTERS.sub("", match.group())
