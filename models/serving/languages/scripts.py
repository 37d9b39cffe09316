"""The scripts of a text's letters, and the languages that a script alone tells."""

import string
from bisect import bisect_right
from collections import Counter

# Where the letters of a script begin; what stands between two of them is the former's.
_BLOCKS = (
    (0x0000, "Latn"), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"), (0x0590, "Hebr"),
    (0x0600, "Arab"), (0x0700, "Zzzz"), (0x0750, "Arab"), (0x0780, "Zzzz"), (0x08A0, "Arab"),
    (0x0900, "Deva"), (0x0980, "Beng"), (0x0A00, "Guru"), (0x0A80, "Gujr"), (0x0B00, "Orya"),
    (0x0B80, "Taml"), (0x0C00, "Telu"), (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"),
    (0x0E00, "Thai"), (0x0E80, "Laoo"), (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"),
    (0x1100, "Hang"), (0x1200, "Ethi"), (0x13A0, "Zzzz"), (0x1780, "Khmr"), (0x1800, "Zzzz"),
    (0x1C80, "Cyrl"), (0x1C90, "Geor"), (0x1CC0, "Zzzz"), (0x1D00, "Latn"), (0x1F00, "Grek"),
    (0x2000, "Latn"), (0x2C60, "Latn"), (0x2C80, "Zzzz"), (0x2DE0, "Cyrl"), (0x2E00, "Hani"),
    (0x3040, "Kana"), (0x3100, "Hani"), (0x3130, "Hang"), (0x3190, "Hani"), (0x31F0, "Kana"),
    (0x3200, "Hani"), (0xA000, "Zzzz"), (0xA640, "Cyrl"), (0xA6A0, "Zzzz"), (0xA720, "Latn"),
    (0xA800, "Zzzz"), (0xA8E0, "Deva"), (0xA900, "Zzzz"), (0xA960, "Hang"), (0xA980, "Zzzz"),
    (0xAC00, "Hang"), (0xD800, "Zzzz"), (0xF900, "Hani"), (0xFB00, "Latn"), (0xFB1D, "Hebr"),
    (0xFB50, "Arab"), (0xFE00, "Zzzz"), (0xFE70, "Arab"), (0xFF00, "Latn"), (0xFF66, "Kana"),
    (0xFFA0, "Hang"), (0xFFDD, "Zzzz"), (0x1D400, "Latn"), (0x1D800, "Zzzz"), (0x20000, "Hani"),
    (0x40000, "Zzzz"),
)  # fmt: skip
_BEGINS = [begin for begin, _ in _BLOCKS]
_SCRIPTS = [script for _, script in _BLOCKS]

# Scripts that one language of comments is written in.
LANGUAGES_BY_SCRIPT = {
    "Hang": "ko", "Kana": "ja", "Hani": "zh", "Grek": "el", "Armn": "hy", "Hebr": "he",
    "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Orya": "or", "Taml": "ta", "Telu": "te",
    "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Tibt": "bo",
    "Mymr": "my", "Geor": "ka", "Khmr": "km",
}  # fmt: skip
LATIN = "Latn"
_ASCII_LETTERS = string.ascii_letters.encode()
_KANA_SHARE = 0.1  # Japanese has so many; a Chinese text quotes a few


def script_counts(text: str) -> Counter[str]:
    """Count the letters of each script; Han letters beside kana are Japanese."""
    if text.isascii():
        others = text.encode().translate(None, _ASCII_LETTERS)
        return Counter({LATIN: len(text) - len(others)})
    letters = Counter(sign for sign in text if sign.isalpha())
    counts: Counter[str] = Counter()
    for letter, number in letters.items():
        counts[script_of(letter)] += number
    if counts["Kana"] >= _KANA_SHARE * counts["Hani"] and counts["Kana"]:
        counts["Kana"] += counts.pop("Hani", 0)
    return counts


def script_of(letter: str) -> str:
    """Return the code (ISO 15924) of a letter's script; Zzzz for one that is not known here."""
    return _SCRIPTS[bisect_right(_BEGINS, ord(letter)) - 1]
