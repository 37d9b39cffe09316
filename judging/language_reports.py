"""How far scores go in a language, with the figures by which a site may let them decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from judging.spoken_languages import LANGUAGES
from models.serving.languages import Grade
from moderation.choices.site_languages import (
    InvalidLanguages,
    SiteLanguages,
    language_code,
    language_name,
)


@dataclass(frozen=True, slots=True)
class LanguageFigures:
    """What the flag of a language's model does; shares are from 0 to 1.

    Attributes:
        source: The comments it was measured on, which no model of them had seen; empty for some
            that were held out of those it was trained on.
        rows: How many comments these are.
        missed: Of toxic ones, how many are published where the scores decide.
        held: Of others, how many wait there.
    """

    source: str
    rows: int
    missed: float
    held: float


@dataclass(frozen=True, slots=True)
class LanguageReport:
    """What is known of a language.

    Attributes:
        code: As `de`.
        name: What people call it.
        grade: How far its scores go by themselves.
        figures: As measured; none where there is no model, and of English, whose are the setting's.
    """

    code: str
    name: str
    grade: Grade
    figures: tuple[LanguageFigures, ...]


def language_report(code: str) -> LanguageReport:
    """What is known of a language; raises InvalidLanguages where it has no name here."""
    code = language_code(code)
    entry = LANGUAGES.entries.get(code)
    figures = () if entry is None else tuple(_figures(entry.figures))
    return LanguageReport(code, language_name(code), LANGUAGES.grade(code), figures)


def raised_languages(languages: SiteLanguages, code: str) -> SiteLanguages:
    """The site's languages, of which this one's scores decide by the site's own word.

    Raises:
        InvalidLanguages: It is none of the site's, has no scores, or decides anyway.
    """
    raised = languages.with_raised(code, raised=True)
    report = language_report(code)
    if report.grade is Grade.DECIDES:
        sentence = f"{report.name} needs no word of the site: its scores decide by themselves"
        raise InvalidLanguages(sentence)
    if report.grade is Grade.UNKNOWN:
        sentence = f"{report.name} cannot decide: Parley has no scores in it that are good enough"
        raise InvalidLanguages(sentence)
    return raised


def _figures(figures: Mapping[str, Any]) -> Iterator[LanguageFigures]:
    measured = {"": figures.get("held_out"), **figures.get("unseen", {})}
    for source, numbers in measured.items():
        if numbers:
            name = source.replace("_", " ")
            yield LanguageFigures(name, numbers["rows"], numbers["missed"], numbers["held"])
