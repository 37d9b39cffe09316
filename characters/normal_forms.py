"""Unicode's normal forms, in a time that grows with the length alone.

Python puts the marks on a letter in order pair by pair: 80,000 take six seconds (measured).
"""

import re
import unicodedata
from itertools import groupby
from typing import Literal

NormalForm = Literal["NFC", "NFD", "NFKC", "NFKD"]
# All marks, and what becomes one in NFKD; other signs among them do no harm. Of the frequent ones
# punctuation, symbols and emoji are no marks.
_NO_MARKS = r"\w\x00-\x7f\u2000-\u20cf\u2100-\u2bff\U0001f000-\U0001faff"
_LONG_RUN = re.compile(rf"(?:[^{_NO_MARKS}]|[\uff9e\uff9f]){{30,}}+")


def normalised(form: NormalForm, text: str) -> str:
    """Return what `unicodedata.normalize` returns."""
    if text.isascii():
        return text
    apart: NormalForm = "NFKD" if "K" in form else "NFD"
    in_order = _LONG_RUN.sub(lambda run: _in_order(apart, run[0]), text)
    return unicodedata.normalize(form, in_order)


def _in_order(apart: NormalForm, signs: str) -> str:
    """The signs taken apart and their marks in order, which changes none of their normal forms."""
    single = "".join(unicodedata.normalize(apart, sign) for sign in signs)
    groups = groupby(single, key=lambda sign: unicodedata.combining(sign) > 0)
    return "".join(
        "".join(sorted(group, key=unicodedata.combining) if is_mark else group)
        for is_mark, group in groups
    )
