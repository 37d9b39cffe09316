"""A language of readers: its texts, plural forms, numbers and times.

A file in texts/ has all texts of one language, by the code in its name. "script" has those that the
script shows, "pages" those that only the server writes. Where a number decides, a text has one form
for each of the categories that Unicode's CLDR gives the language, in the script and here alike.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_decimal
from markupsafe import Markup

CODES = (
    *("ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi"),
    *("it", "ja", "ko", "nb", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "zh"),
)
ALIASES = {"no": "nb", "nn": "nb", "iw": "he"}  # other codes of the same, or of the nearest
_FALLBACK = "en"
_FROM_RIGHT_TO_LEFT = ("ar", "fa", "he")
# The zero of a region's digits, by CLDR's name of them; Babel writes Latin ones everywhere.
_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "deva": 0x966}

Text = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class ReaderLanguage:
    """One of CODES, as a region writes numbers and times."""

    code: str
    locale: Locale

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """As the attribute `dir` of HTML has it."""
        return "rtl" if self.code in _FROM_RIGHT_TO_LEFT else "ltr"

    def say(self, key: str, count: int = 0, **values: object) -> str:
        """Return the text, with the values in it; `count` chooses the plural form."""
        text = self._form(key, count)
        return text.format(**self._written(text, {**values, "count": count}))

    def markup(self, key: str, count: int = 0, **values: object) -> Markup:
        """Return the text as HTML; values that are no markup are escaped."""
        text = self._form(key, count)
        written = self._written(text, {**values, "count": count})
        return Markup(text).format(**written)  # noqa: S704 - ours

    def time(self, moment: datetime) -> str:
        """Return the moment as a reader writes it, to the minute, in UTC."""
        locale = self.locale
        minutes = f"{locale.time_formats['short'].pattern} z"  # CLDR's long form has seconds
        time = format_time(moment, minutes, locale=locale)
        date = format_date(moment, "long", locale=locale)
        together = locale.datetime_formats["long"].replace("'", "")
        return self._in_digits(together.format(time, date))

    def after(self, seconds: int) -> str:
        """Return how long from now that is, as "in 5 minutes"."""
        delta = timedelta(seconds=seconds)
        return self._in_digits(format_timedelta(delta, add_direction=True, locale=self.locale))

    def _form(self, key: str, count: int) -> str:
        texts = texts_of(self.code)
        text = texts["pages"].get(key) or texts["script"][key]
        if isinstance(text, str):
            return text
        return text[self.locale.plural_form(count)]

    def _written(self, text: str, values: Mapping[str, object]) -> dict[str, object]:
        """Those that are in the text: to write a number, Babel reads 4 MB of its locale first."""
        named = {name: value for name, value in values.items() if f"{{{name}}}" in text}
        numbers = {name: value for name, value in named.items() if isinstance(value, int)}
        return named | {name: self._number(value) for name, value in numbers.items()}

    def _number(self, value: int) -> str:
        locale = self.locale
        return self._in_digits(format_decimal(value, locale=locale, numbering_system="default"))

    def _in_digits(self, text: str) -> str:
        zero = _ZEROS.get(self.locale.default_numbering_system)
        if zero is None:
            return text
        return text.translate({ord("0") + digit: zero + digit for digit in range(10)})


@cache
def texts_of(code: str) -> dict[Literal["script", "pages"], dict[str, Text]]:
    """Return all texts of one of CODES."""
    path = files("service.languages").joinpath("texts", f"{code}.json")
    texts: dict[Literal["script", "pages"], dict[str, Text]] = json.loads(path.read_text("utf-8"))
    return texts


def first_of(tags: Iterable[str]) -> ReaderLanguage:
    """Return the first language that there are texts in, of tags such as de-AT; else English."""
    for tag in tags:
        base = tag.replace("_", "-").lower().partition("-")[0]
        code = ALIASES.get(base, base)
        if code in CODES:
            return ReaderLanguage(code, _locale(tag, code))
    return ReaderLanguage(_FALLBACK, _locale(_FALLBACK, _FALLBACK))


@cache
def _own_locale(code: str) -> Locale:
    return Locale.parse(code)


def _locale(tag: str, code: str) -> Locale:
    """As the tag's region has it where Babel knows it, else as the language has it."""
    try:
        locale = Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return _own_locale(code)
    return locale if locale.language == code else _own_locale(code)
