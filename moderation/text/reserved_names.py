"""Names that only the site's own people may have: its title, theirs, and words for their work.

Names are compared by what they look like (Unicode UTS 39, skeletons): a Cyrillic letter, a wide
one, a small capital, a blank between letters or an invisible character makes no other name.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from confusable_homoglyphs.utils import path

from characters.hidden import joined_letters, without_hidden
from characters.normal_forms import normalised
from characters.styled import unstyled

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ROLES = tuple(_LISTS["words"].split())
ROLES_ANYWHERE = tuple(_LISTS["anywhere"].split())
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[\dol]*$")  # o and l look like 0 and 1
_MARKS = re.compile(r"[\u0300-\u036f]+")


def _prototypes() -> dict[int, str]:
    """The letter that stands for all that look alike, by the code point of each other one."""
    content = Path(path("confusables.json")).read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(content, object_hook=_without_name)
    only = {letter: alike[0] for letter, alike in table.items() if len(alike) == 1}
    return {
        ord(letter): other
        for letter, other in only.items()
        if len(letter) == 1 and (other.isascii() or other < letter)
    }


def _without_name(fields: dict[str, Any]) -> Any:
    """Keep of a letter in the table no more than itself: with its name the table has 6 MB."""
    return fields["c"] if fields.keys() == {"c", "n"} else fields


_PROTOTYPES = _prototypes()


def is_reserved(name: str, own_names: Sequence[str], title: str) -> bool:
    """Tell whether a reader's name passes as one of the site's people.

    Args:
        name: As the reader wrote it.
        own_names: Those of the moderators: a name that is all of one is theirs.
        title: The site's: a name that has it in it speaks for the site.
    """
    looks = _looks(name)
    return (
        _has_role(name)
        or not looks.isdisjoint(_looks(title))
        or not looks.isdisjoint(_looks_of(tuple(own_names)))
        or _has_title(name, title)
    )


@lru_cache(maxsize=4_096)
def _has_role(name: str) -> bool:
    looks = _looks(name)
    words = {word for spaced in _spaced(name) for word in spaced.split()}
    return not _of_roles().isdisjoint(looks | words) or any(
        role in look for look in looks for role in _roles_anywhere()
    )


@lru_cache(maxsize=8)  # a thousand names looked at for each comment would cost more than scoring it
def _looks_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(look for name in names for look in _looks(name))


def _has_title(name: str, title: str) -> bool:
    titles = [f" {words} " for words in _spaced(title) if words]
    return any(words in f" {spaced} " for words in titles for spaced in _spaced(name))


@lru_cache(maxsize=4_096)
def _looks(name: str) -> frozenset[str]:
    """What the whole of a name looks like, without blanks, also without a number at its end."""
    whole = [words.replace(" ", "") for words in _spaced(name)]
    bare = [_NUMBER.sub("", look) for look in whole]
    return frozenset(look for look in (*whole, *bare) if look)


@lru_cache(maxsize=4_096)
def _spaced(name: str) -> tuple[str, ...]:
    """The words of a name as they look in small, large and its own letters."""
    plain = joined_letters(without_hidden(unstyled(normalised("NFKC", name))))
    return tuple(
        dict.fromkeys(
            " ".join(_WORD.findall(_skeleton(form)))
            for form in (plain, plain.lower(), plain.upper())
        )
    )


def _skeleton(text: str) -> str:
    letters = _MARKS.sub("", normalised("NFD", text))
    return letters.translate(_PROTOTYPES).casefold()


@lru_cache(maxsize=1)
def _of_roles() -> frozenset[str]:
    return frozenset(look for role in ROLES for look in _looks(role))


@lru_cache(maxsize=1)
def _roles_anywhere() -> frozenset[str]:
    return frozenset(look for role in ROLES_ANYWHERE for look in _looks(role))
