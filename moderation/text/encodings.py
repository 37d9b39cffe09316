"""The encodings that texts on the web come in."""

import codecs
import re

# As Python calls them. It knows others that are no texts', and one that takes minutes.
_OF_TEXTS = re.compile(
    r"ascii|utf-8(-sig)?|utf-16(-[bl]e)?|iso8859-\d+|cp(125\d|866|874|932|949|950)|koi8-[ru]"
    r"|mac-(roman|cyrillic)|gb(2312|k|18030)|big5(hkscs)?|shift_jis|euc_(jp|kr)|iso2022_jp"
)


def text_encoding(name: str) -> str | None:
    """Return what Python calls an encoding of texts; None for any other name."""
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return encoding if _OF_TEXTS.fullmatch(encoding) else None
