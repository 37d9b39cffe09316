"""How long a text is: counted once, in the same way, in a browser, in a form and on the server."""

from characters.normal_forms import normalised

# The most bytes that one counted character takes on its way, in any body that we read: the three
# parts of a Hangul syllable, percent-encoded. JSON's escapes need at most 24.
MAX_BYTES = 27
MOST_PARTS = 4  # of a character in NFC: a letter with three marks


def length_of(text: str) -> int:
    """Characters in NFC; a line break is one, though a form sends two (CR and LF).

    An emoji counts as its code points: 1 for a face, 7 for a family. static/embed/text.js counts
    the same.
    """
    return len(normalised("NFC", text.replace("\r\n", "\n")))


def length_up_to(text: str, limit: int) -> int:
    """The length of a text; of one that is surely above the limit only its code points.

    What strangers send can have megabytes: counting those in NFC takes a second for each.
    """
    return length_of(text) if len(text) <= MOST_PARTS * limit else len(text)
