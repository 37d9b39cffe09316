"""The languages of a site, and which of them its scores may decide."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

ENGLISH = "en"
MOST = 20
# What people call them; of scripts that are not usual for a language: `hi-Latn`.
NAMES: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("language_names.toml").read_text(encoding="utf-8")
)


class InvalidLanguages(ValueError):
    """The languages can be none of a site; the sentence says which could be."""


@dataclass(frozen=True, slots=True)
class SiteLanguages:
    """The languages of a site, by codes such as `de`.

    Attributes:
        codes: Those that are written on its pages.
        default: The one of `codes` that a text too short to tell is taken for.
        raised: Those of `codes` that the site lets the scores decide, whatever their grade says.
    """

    codes: tuple[str, ...] = (ENGLISH,)
    default: str = ENGLISH
    raised: tuple[str, ...] = ()

    def with_codes(self, codes: Iterable[str], default: str | None = None) -> "SiteLanguages":
        """These languages; the default one stays if it is among them, else it is the first.

        Args:
            codes: In any case, each once or more often.
            default: Another default, one of `codes`; None keeps it.

        Raises:
            InvalidLanguages: There is none, too many, or one that is unknown.
        """
        known = tuple(dict.fromkeys(map(language_code, codes)))
        if not 1 <= len(known) <= MOST:
            sentence = f"a site has 1 to {MOST} languages, for example en,de"
            raise InvalidLanguages(sentence)
        chosen = self.default if default is None else language_code(default)
        if chosen not in known and default is not None:
            sentence = f"the default language must be one of the site's: {', '.join(known)}"
            raise InvalidLanguages(sentence)
        raised = tuple(code for code in self.raised if code in known)
        return SiteLanguages(known, chosen if chosen in known else known[0], raised)

    def with_raised(self, code: str, *, raised: bool) -> "SiteLanguages":
        """Let the scores decide in a language, or no longer; raises InvalidLanguages."""
        code = language_code(code)
        if code not in self.codes:
            sentence = f"{NAMES[code]} is none of the site's languages: {', '.join(self.codes)}"
            raise InvalidLanguages(sentence)
        others = tuple(other for other in self.raised if other != code)
        return replace(self, raised=(*others, code) if raised else others)


ENGLISH_ONLY = SiteLanguages()


def language_code(value: str) -> str:
    """Return the code as Parley spells it, or raise InvalidLanguages."""
    folded = value.strip().casefold()
    for code in NAMES:
        if code.casefold() == folded:
            return code
    sentence = f"there is no language {value.strip()!r} here; known are {', '.join(NAMES)}"
    raise InvalidLanguages(sentence)


def language_name(code: str) -> str:
    """What people call the language; the code itself where nobody knows it."""
    return NAMES.get(code, code)
