"""The file of words: gzipped text with a line for each kind, and spaces between its words."""

import gzip
import io
import zlib
from collections.abc import Mapping

from models.serving.languages.english_words import LISTED_KINDS, EnglishWords, WordKind
from models.serving.weights_file import WrongWeights

WORDS = "words"
_MOST_CHARACTERS = 4 << 20  # the shipped one has 600,000


def pack_words(kinds: Mapping[str, WordKind]) -> bytes:
    """Return the content of the file; the same words give the same bytes."""
    lines = [
        " ".join(sorted(word for word in kinds if kinds[word] is kind)) for kind in LISTED_KINDS
    ]
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def unpack_words(content: bytes) -> EnglishWords:
    """Read the file.

    Raises:
        WrongWeights: It is no gzip, is too long, or has another number of lines.
    """
    try:
        with gzip.open(io.BytesIO(content)) as file:
            text = file.read(_MOST_CHARACTERS + 1).decode()
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        message = "it is no gzipped text"
        raise WrongWeights(message) from error
    lines = text.split("\n")
    if len(text) > _MOST_CHARACTERS or len(lines) != len(LISTED_KINDS):
        message = (
            f"it has {len(lines)} lines, not one for each of {len(LISTED_KINDS)} kinds of words"
        )
        raise WrongWeights(message)
    return EnglishWords(
        {
            word: kind
            for kind, line in zip(LISTED_KINDS, lines, strict=True)
            for word in line.split()
        }
    )
