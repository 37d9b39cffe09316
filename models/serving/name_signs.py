"""Signs in an author's name that need no score: addresses, telephone numbers, listed words."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from characters.hidden import without_hidden
from characters.normal_forms import normalised
from characters.styled import unstyled
from models.features.normalise import normalise
from models.features.normalise_offsets import normalise_traced
from models.serving.author_names import LISTS


class SignKind(StrEnum):
    """What a sign tells of."""

    CONTACT = "contact"  # an address, a number or a handle
    ADVERT = "advert_words"
    ABUSE = "abusive_words"


class Sign(NamedTuple):
    """A sign and its place: `name[start:end]`."""

    kind: SignKind
    start: int
    end: int


def _any_of(entries: str) -> str:
    """The entries as the normaliser leaves them, the longest first."""
    plain = {normalise(entry.replace("_", " ")) for entry in entries.split()}
    return "|".join(map(re.escape, sorted(plain, key=lambda entry: (-len(entry), entry))))


def _words(spaced: str, unspaced: str) -> re.Pattern[str]:
    parts_of_words = r"(?:[\W_]+|$)"
    listed = _any_of(spaced).replace(r"\ ", r"[\W_]+")
    return re.compile(rf"(?<![^\W_])(?:{listed})(?={parts_of_words})|{_any_of(unspaced)}")


# Texts are read too, so each pattern takes time in proportion to their length: what repeats begins
# where its characters begin, or has a limit.
_FURTHEST = 200  # characters between a topic and a pitch
_TOPIC, _PITCH = (_any_of(LISTS[entries]) for entries in ("advert_topics", "advert_pitches"))
_PITCHED = re.compile(
    rf"(?<![^\W_])(?:(?:{_TOPIC})(?![^\W_]).{{0,{_FURTHEST}}}?(?<![^\W_])(?:{_PITCH})"
    rf"|(?:{_PITCH})(?![^\W_]).{{0,{_FURTHEST}}}?(?<![^\W_])(?:{_TOPIC}))(?![^\W_])"
    r"|(?:earn|make|win) ?(?:\$+|€|£|\d{3,})"
)
_LISTED = (
    (SignKind.ABUSE, (_words(LISTS["abuse"], LISTS["abuse_in_unspaced_scripts"]),)),
    (SignKind.ADVERT, (_words(LISTS["adverts"], LISTS["adverts_in_unspaced_scripts"]), _PITCHED)),
)
_DOMAINS = LISTS["top_level_domains"].replace("\n", " ").strip().replace(" ", "|")
_MESSENGERS = "|".join(LISTS["messengers"].split()).replace("_", " ?")
_SHORT = "|".join(LISTS["short_messengers"].split())
_DOT = r"(?:\.|。|\s?[\[({<]\s?(?:dot|\.)\s?[\])}>]\s?| dot )"
_APART = r"[\s().+/*_\u2010-\u2015-]{0,3}"
_CONTACT = re.compile(
    rf"(?<!\w)\w+://\S*|\bhttps?\b|\bwww(?!\w)\S*|\b\w{{2,}} ?[.,] ?(?:com|net|org|info|xyz)(?!\w)"
    rf"|(?<![\w-])[\w-]{{2,}}{_DOT}(?:{_DOMAINS})(?![\w-])\S*"
    r"|(?<!\w)\w+\.[a-z]{2,}/[\w+]\S*|(?<![\w.+-])[\w.+-]+(?:@|\(at\))[\w-]+\.\w\S*"
    r"| at (?:gmail|yahoo|hotmail|outlook|gmx|icloud|mail)\b"
    r"|(?<![\w@])@\w{4,}"
    rf"|(?<!\w)(?:{_MESSENGERS})(?!\w)|(?<!\w)(?:{_SHORT})\s?[:@]|微信\s?\w{{0,40}}\d"
    # A telephone number; behind a letter a date may stand.
    rf"|(?<!\w)\+?\d(?:{_APART}\d){{6,}}(?!\w)|(?<!\d)\d(?:{_APART}\d){{8,}}"
    # A wallet: so many letters and digits in a row are no name.
    r"|(?<![a-z\d])(?=[a-z]*\d[a-z]*\d[a-z]*\d)[a-z\d]{25,}"
)
_SPACED_OUT = re.compile(r"(?<!\S)\w(?: [\w.]){4,}(?!\S)")


def signs(name: str) -> list[Sign]:
    """Find the signs in a name, disguised ones too, in no order and at most one of each kind."""
    name = unstyled(name)
    return [*_contacts(name), *_listed(name)]


def _contacts(name: str) -> Iterator[Sign]:
    folded = [(plain, place) for place, sign in enumerate(name) for plain in _folded(sign)]
    text = "".join(plain for plain, _ in folded)
    places = [place for _, place in folded]
    if match := _CONTACT.search(text):
        yield Sign(SignKind.CONTACT, places[match.start()], places[match.end() - 1] + 1)
    elif (spaced := _SPACED_OUT.search(text)) and _CONTACT.search(spaced[0].replace(" ", "")):
        yield Sign(SignKind.CONTACT, places[spaced.start()], places[spaced.end() - 1] + 1)


def _folded(sign: str) -> str:
    return without_hidden(normalised("NFKC", sign)).lower()


def _listed(name: str) -> Iterator[Sign]:
    plain = normalise(name)
    for kind, patterns in _LISTED:
        matches = (pattern.search(plain) for pattern in patterns)
        if match := next(filter(None, matches), None):
            traced = normalise_traced(name)
            yield Sign(kind, traced.begins[match.start()], traced.ends[match.end() - 1])
