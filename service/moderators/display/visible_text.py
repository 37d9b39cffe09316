"""What a reader wrote with nothing hidden: a moderator must see what there is, not what it does."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from characters.hidden import HIDDEN
from moderation.notifications.wording import counted
from service.http.plain_text import linked

# Marks that pile up on one letter; no orthography needs more than four.
_MARK = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed\u0e31\u0e34-\u0e3a"
    r"\u0e47-\u0e4e\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_ODD = re.compile(rf"(?P<hidden>{HIDDEN}+)|(?<=[{_MARK}]{{4}})(?P<piled>[{_MARK}]+)")
_HIDDEN_CHARACTER = Markup('<bdi class="hidden-character" title="{}">{}</bdi>')
_MAX_SHOWN = 200  # a text can have 5,000, and a page 20 such texts


def visible(text: str) -> Markup:
    """Escaped, with each run of hidden characters named and piles of accents cut."""
    return _revealed(text, escape)


def visible_text(text: str) -> Markup:
    """As `visible`, and addresses are links; a link ends where something is hidden."""
    return _revealed(text, linked)


def visible_plain(text: str) -> str:
    """The same as plain text, for what is no page: [U+202E], and no hidden character left."""
    shown = _ODD.sub(lambda match: f"[{_label(match)}]", text.replace("\r\n", "\n"), _MAX_SHOWN)
    return _ODD.sub("", shown)


def hidden_places(text: str) -> int:
    """How many places of the text hide something."""
    return sum(1 for _ in _ODD.finditer(text))


def _revealed(text: str, as_markup: Callable[[str], Markup]) -> Markup:
    if text.isascii() and text.isprintable():
        return as_markup(text)  # most names and titles, of which a page can have a thousand

    def in_few_lines(part: str) -> Markup:
        return Markup("").join(_folded(part, as_markup))

    return Markup("").join(_pieces(text.replace("\r\n", "\n"), in_few_lines))


def _folded(text: str, as_markup: Callable[[str], Markup]) -> Iterator[Markup]:
    """The text, with how many blank lines there are instead of many of them."""
    start = 0
    for match in _BLANK_LINES.finditer(text):
        number = match[0].count("\n") - 1
        yield as_markup(text[start : match.start() + 1])
        yield _hidden_element("left out", counted(number, "blank line"))
        start = match.end() - 1
    yield as_markup(text[start:])


def _pieces(text: str, as_markup: Callable[[str], Markup]) -> Iterator[Markup]:
    start = number = 0
    for number, match in enumerate(_ODD.finditer(text), 1):
        yield as_markup(text[start : match.start()])
        if number <= _MAX_SHOWN:
            yield _hidden(match[0]) if match["hidden"] else _piled(match[0])
        start = match.end()
    yield as_markup(text[start:])
    if number > _MAX_SHOWN:
        yield _hidden_element(
            "left out above", f"+{counted(number - _MAX_SHOWN, 'more hidden place')}"
        )


@lru_cache(maxsize=256)
def _hidden(characters: str) -> Markup:
    kinds = sorted(set(characters))
    names = ", ".join(unicodedata.name(kind, "control character") for kind in kinds[:5])
    return _hidden_element(names, _hidden_label(characters))


def _label(match: re.Match[str]) -> str:
    hidden = match["hidden"]
    return _hidden_label(hidden) if hidden else _piled_label(match[0])


def _hidden_label(characters: str) -> str:
    kinds = set(characters)
    label = f"U+{ord(characters[0]):04X}" if len(kinds) == 1 else "hidden characters"
    number = "" if len(characters) == 1 else f" ×{len(characters)}"
    return label + number


def _piled(marks: str) -> Markup:
    return _hidden_element("more accents on one letter than any language has", _piled_label(marks))


def _piled_label(marks: str) -> str:
    return f"+{counted(len(marks), 'accent')}"


def _hidden_element(title: str, label: str) -> Markup:
    return _HIDDEN_CHARACTER.format(title, label)
