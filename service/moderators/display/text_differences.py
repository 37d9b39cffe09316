"""In which words a text differs from another, nearly the same one."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_PIECE = re.compile(r"\S+\s*|\s+")  # a word with the space behind it
_MOST = 200  # words that are compared: more take long, and nobody reads them


def differences(text: str, other: str) -> list[tuple[str, bool]]:
    """Return the pieces of `other` in their order, each with whether `text` lacks it there.

    What is beyond the first few hundred words is not compared.
    """
    ours, theirs = _pieces(text), _pieces(other)
    words, others = ([piece.strip() for piece in one[:_MOST]] for one in (ours, theirs))
    matcher = SequenceMatcher(a=words, b=others, autojunk=False)
    marked = [
        ("".join(theirs[begin:end]), tag != "equal")
        for tag, _, _, begin, end in matcher.get_opcodes()
        if end > begin
    ]
    rest = "".join(theirs[_MOST:])
    return [*marked, (rest, False)] if rest else marked


def _pieces(text: str) -> Sequence[str]:
    return _PIECE.findall(text)
