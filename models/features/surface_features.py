"""Indicators of a text's shape as one-hot buckets: shouting, length, swearing, addresses, adverts.

A bucket per indicator rather than a number: a linear model can then learn any curve.
"""

import re
from bisect import bisect_right

from characters.hidden import ACCENT, INVISIBLE, hides, joined_letters
from models.features.advert_features import advert_counts, has_address
from models.features.home_addresses import home_address
from models.features.rude_words import friendly_swearing

BUCKETS = 8
INDICATORS = (
    "length",
    "capitals",
    "exclamation marks",
    "question marks",
    "asterisks",
    "line breaks",
    "you",
    "links",
    "digits",
    "letters beyond ASCII",
    "variety of characters",
    "friendly swearing",
    "home address",
    "calls to act",
    "offers",
    "long numbers",
    "currency signs",
    "length of a text with an address",
)
# From here on they tell of advertisements.
FIRST_OF_ADVERTS = INDICATORS.index("calls to act") * BUCKETS
FIRST_OF_SWEARING = INDICATORS.index("friendly swearing") * BUCKETS

_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = b"0123456789"
_LENGTH_EDGES = (20, 50, 100, 200, 400, 1000, 2500)
_SHARE_EDGES = (0.01, 0.03, 0.06, 0.12, 0.25, 0.5, 0.75)
_COUNT_EDGES = (1, 2, 3, 5, 9, 17, 33)
_VARIETY_EDGES = (0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7)
_ADVERT_EDGES = (1, 2, 3, 4, 6, 9, 14)
_BESIDE_ADDRESS_EDGES = (20, 50, 100, 200, 400, 1000)

# Only between letters, or between signs of ASCII: elsewhere joiners belong to emoji and CR to line
# ends, and count as they did in training.
_INVISIBLE_IN_WORD = re.compile(
    rf"(?<=[\w!-~{ACCENT}])(?<![{INVISIBLE}])[{INVISIBLE}]++(?=[\w!-~])"
)


def shape_buckets(raw: str, plain: str) -> list[int]:
    """One number per indicator, below 8 x 18; `plain` is the text without disguises."""
    raw = _without_hidden_in_words(raw)
    length = len(raw) or 1
    letters = raw.encode("utf-8", "surrogatepass")
    capitals = len(letters) - len(letters.translate(None, _CAPITALS))
    digits = len(letters) - len(letters.translate(None, _DIGITS))
    measured = (
        bisect_right(_LENGTH_EDGES, len(raw)),
        bisect_right(_SHARE_EDGES, capitals / length),
        bisect_right(_COUNT_EDGES, raw.count("!")),
        bisect_right(_COUNT_EDGES, raw.count("?")),
        bisect_right(_COUNT_EDGES, raw.count("*")),
        bisect_right(_COUNT_EDGES, raw.count("\n")),
        bisect_right(_COUNT_EDGES, plain.count(" you")),
        bisect_right(_COUNT_EDGES, plain.count("<link>") + raw.count(".com")),
        bisect_right(_SHARE_EDGES, digits / length),
        bisect_right(_SHARE_EDGES, (len(letters) - len(raw)) / length),
        bisect_right(_VARIETY_EDGES, len(set(plain)) / length),
        friendly_swearing(plain),
        home_address(raw, plain, digits),
        *(bisect_right(_ADVERT_EDGES, count) for count in advert_counts(raw, plain, digits)),
        1 + bisect_right(_BESIDE_ADDRESS_EDGES, len(plain)) if has_address(plain) else 0,
    )
    return [indicator * BUCKETS + bucket for indicator, bucket in enumerate(measured)]


def _without_hidden_in_words(raw: str) -> str:
    return joined_letters(_INVISIBLE_IN_WORD.sub("", raw)) if hides(raw) else raw
