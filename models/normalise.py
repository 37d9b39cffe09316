"""Undo the disguises that people put on words, so that features see the word they meant.

Every step is one pass without nested quantifiers: the time grows with the length and nothing else.
"""

import re
import unicodedata

NORMALISER_VERSION = 1

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

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_DIACRITICS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_MARKS = "".join(chr(c) for c in range(0x300, _COMBINING_END) if unicodedata.combining(chr(c)))
_MARK_RUN = re.compile(f"[{_MARKS}]{{3,}}+")
_WORD = re.compile(r"\w++")
_LATIN = re.compile("[a-z]")
_LOOKALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")

_LINK = re.compile(r"(?:https?://|www\.)\S++")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]++")
_MENTION = re.compile(r"(?<![\w@])@(?!ss)\w\w++")
_LEET_INSIDE = re.compile(r"[013457@$!](?<=[a-z].)[013457@$!]{0,2}+(?=[a-z])")
_LEET_AT_EDGE = re.compile(
    r"\$(?<![\w$@].)\$?+(?=[a-z]{2})|\$(?<=[a-z].)\$?+(?!\w)|@(?<![\w$@].)(?=ss)"
)
_SEPARATED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*_-][^\W\d_](?![^\W_])){2,}+")
# A quick look: most texts hold nothing of the kind, and the full pattern is slower.
_MAYBE_SEPARATED = re.compile(r"[ .*_-][^\W\d_][ .*_-][^\W\d_](?![^\W_])")
_BETWEEN_LETTERS = re.compile("[ .*_-]")
_REPEATED = re.compile(r"(.)\1\1\1*+", re.DOTALL)


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
    plain = _CONTROLS.sub("", cut(text)).casefold()
    if not plain.isascii():
        plain = _compatible(plain)
    plain = _with_tokens(plain)
    if _MAYBE_SEPARATED.search(plain):
        plain = _SEPARATED.sub(_joined, plain)
    if not plain.isascii() and _LOOKALIKE.search(plain):
        plain = _WORD.sub(_fold_mixed, plain)
    return " ".join(_REPEATED.sub(r"\1", _without_leet(plain)).split())


def _compatible(text: str) -> str:
    """Compatibility forms unfolded, invisible characters and accents gone."""
    visible = _MARK_RUN.sub(_first_two, _INVISIBLE.sub("", text))
    bare = _DIACRITICS.sub("", unicodedata.normalize("NFKD", visible))
    return cut(unicodedata.normalize("NFKC", bare).casefold())


def _first_two(marks: re.Match[str]) -> str:
    return marks.group()[:2]


def _fold_mixed(word: re.Match[str]) -> str:
    """A word of two scripts in Latin letters; a word of one script as it is."""
    letters = word.group()
    if letters.isascii() or not _LATIN.search(letters) or not _LOOKALIKE.search(letters):
        return letters
    return letters.translate(_LOOKALIKES)


def _with_tokens(text: str) -> str:
    text = _LINK.sub(" <link> ", text)
    return _MENTION.sub(" <mention> ", _EMAIL.sub(" <email> ", text)) if "@" in text else text


def _without_leet(text: str) -> str:
    if "@" in text or "$" in text:
        text = _LEET_AT_EDGE.sub(_deleet, text)
    return _LEET_INSIDE.sub(_deleet, text)


def _deleet(found: re.Match[str]) -> str:
    return found.group().translate(_LEET)


def _joined(found: re.Match[str]) -> str:
    return _BETWEEN_LETTERS.sub("", found.group())
