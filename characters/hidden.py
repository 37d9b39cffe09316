"""What is in a text and not seen: characters drawn as nothing, and blanks that are no spaces.

A text is stored and shown as it was sent; what looks for words in it looks `without_hidden`. What
is visible does not depend on the version of Unicode that the interpreter knows.
"""

import re
from collections.abc import Callable

from characters import table
from characters.ranges import character_class

_NOTHING = (table.CONTROLS, table.IGNORABLE, table.DRAWN_AS_NOTHING)
_BLANKS = (table.FILLERS, table.SEPARATORS, table.DRAWN_AS_BLANK)

# Each stands between the brackets of a pattern.
INVISIBLE = character_class(*_NOTHING)
BLANK = character_class(*_BLANKS)
ACCENT = character_class(table.ACCENTS)
# What a shown text must not hide; the styles say whether an emoji is coloured, and are not here.
HIDDEN_CLASS = character_class(*_NOTHING, *_BLANKS, without="\ufe0e\ufe0f\u200c\u200d")
# Joiners belong between letters of Arabic, Persian and Indic scripts and within emoji.
_JOINED = r"[\u0590-\u1cff\u2190-\u27ff\u2900-\u2bff\ufe0f\U0001f000-\U0001faff]"
_LONE_JOINER = rf"(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"
HIDDEN = rf"(?:[{HIDDEN_CLASS}]|{_LONE_JOINER})"
_CONTROL = character_class(table.CONTROLS)
_WHITE_SPACE = character_class(table.WHITE_SPACE)
_LETTER = rf"[^\W_{BLANK}]"  # Unicode calls Hangul's fillers letters
_SIGN = rf"[^\s{BLANK}{ACCENT}][{ACCENT}]*+"

CONTROLS = re.compile(f"[{_CONTROL}]+")
_SEEN = re.compile(f"[^{INVISIBLE}{BLANK}{_WHITE_SPACE}{ACCENT}]")
_HIDES = re.compile(f"[{INVISIBLE}{BLANK}]")
_NOT_IN_A_LINE = re.compile(rf"{HIDDEN}|[\ud800-\udfff]|(?! )[{_WHITE_SPACE}]")
_BLANKED = re.compile(f"[{BLANK}]")
_SPACED_LETTERS = re.compile(rf"(?<!{_LETTER}){_SIGN}(?:[{BLANK}]{_SIGN}(?!{_LETTER}))++")


def empty(_: re.Match[str]) -> str:
    """What stands instead of invisible characters."""
    return ""


def _without_blanks(letters: re.Match[str]) -> str:
    return _BLANKED.sub("", letters.group())


def _space(_: re.Match[str]) -> str:
    return " "


# In this order: single letters between blanks are one word, all other blanks part words.
REMOVALS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(f"[{INVISIBLE}]+"), empty),
    (_SPACED_LETTERS, _without_blanks),
    (_BLANKED, _space),
)


def hides(text: str) -> bool:
    """Whether the text has invisible characters, or blanks other than white space."""
    if text.isascii():
        return not _is_printable(text) and CONTROLS.search(text) is not None
    return _HIDES.search(text) is not None


def _is_printable(text: str) -> bool:
    """Whether no character of any line is a control: most texts, in a tenth of the time."""
    return text.replace("\n", "").isprintable()


def without_hidden(text: str) -> str:
    """The text as a reader reads it: nothing invisible in it, and no blanks but white space."""
    if not hides(text):
        return text
    for pattern, replacement in REMOVALS:
        text = pattern.sub(replacement, text)
    return text


def joined_letters(text: str) -> str:
    """The text with the blanks gone from words that they spell apart."""
    return _SPACED_LETTERS.sub(_without_blanks, text)


def without_controls(text: str) -> str:
    """The text without control characters; tabs and line feeds stay."""
    return text if _is_printable(text) else CONTROLS.sub("", text)


def has_visible(text: str) -> bool:
    """Whether a reader sees anything of the text; accents without a letter do not count."""
    return _SEEN.search(text) is not None


def is_visible_line(text: str) -> bool:
    """Whether the text is one line, has something to see, and hides nothing."""
    return has_visible(text) and _NOT_IN_A_LINE.search(text) is None
