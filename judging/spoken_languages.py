"""Score texts by the models of their languages, as far as each was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.serving.classifier import ARTEFACT
from models.serving.languages import Grade, LanguageModels
from models.serving.languages.grades import ENGLISH
from models.serving.languages.identification import SpokenLanguages
from models.serving.languages.language_classifier import LanguageThresholds
from models.serving.name_signs import SignKind, signs

_FOLDER = "languages"
# Shared by all that judge in a process; nothing is read before the first text.
LANGUAGES = LanguageModels(ARTEFACT / _FOLDER)


def languages_beside(artefact: Path) -> Path:
    """The folder of the languages beside a model, else of those that come with Parley."""
    beside = artefact / _FOLDER
    return beside if beside.is_dir() else ARTEFACT / _FOLDER


@dataclass(frozen=True, slots=True)
class TextReading:
    """What the model of its language says of a text.

    Attributes:
        scores: Of the text; empty where no model knows its language.
        language: A code; `mul` for several languages, `und` for one that is not known.
        grade: How far the scores may go, as measured.
        version: Of the language's model; None for the English one, or where there is none.
        thresholds: Of the language's model.
        has_contact: A link, a number or an advertisement's words, which that model knows nothing
            of; never told of an English text, whose model does.
        is_sure: Whether it is surely in its language: a word or two can be in many.
    """

    scores: dict[str, float]
    language: str = ENGLISH
    grade: Grade = Grade.DECIDES
    version: str | None = None
    thresholds: LanguageThresholds | None = None
    has_contact: bool = False
    is_sure: bool = True


def read_texts(
    texts: Sequence[str],
    english: Sequence[dict[str, float]],
    spoken: Sequence[SpokenLanguages],
) -> list[TextReading]:
    """Read texts by their languages.

    Args:
        texts: As they were written.
        english: The scores of the English model, which count where a text is English.
        spoken: The languages of each text's site.
    """
    codes = identified(texts, spoken)
    readings = {
        place: reading
        for code in sorted(set(codes) - {ENGLISH})
        for place, reading in _in_language(code, texts, codes).items()
    }
    return [readings.get(place) or TextReading(scores) for place, scores in enumerate(english)]


def known_code(sent: str) -> str | None:
    """The code of a language as it is spelt here; None for one that no model scores.

    Args:
        sent: As a program writes it, in any case: `de`, `pt-BR`, `ur-Latn`. One in Latin letters is
            another language for a model than the same one in its own.
    """
    codes = {code.lower(): code for code in (ENGLISH, *LANGUAGES.entries)}
    parts = sent.lower().split("-")
    plain = "" if "latn" in parts else parts[0]
    code = codes.get(sent.lower()) or codes.get(plain)
    return None if code is None or LANGUAGES.grade(code) is Grade.UNKNOWN else code


def identified(texts: Sequence[str], spoken: Sequence[SpokenLanguages]) -> list[str]:
    """The code of each text's language."""
    codes = [""] * len(texts)
    for languages in set(spoken):
        places = [place for place, of_site in enumerate(spoken) if of_site == languages]
        own = LANGUAGES.identify([texts[place] for place in places], languages)
        for place, code in zip(places, own, strict=True):
            codes[place] = code
    return codes


def _in_language(
    code: str, texts: Sequence[str], codes: Sequence[str]
) -> Mapping[int, TextReading]:
    places = [place for place, own in enumerate(codes) if own == code]
    grade = LANGUAGES.grade(code)
    if grade is Grade.UNKNOWN:
        return {place: TextReading({}, code, grade) for place in places}
    model = LANGUAGES.classifier(code)
    scores = model.score([texts[place] for place in places])
    return {
        place: TextReading(
            of_text,
            code,
            grade,
            model.version,
            model.thresholds,
            _has_contact(texts[place]),
            LANGUAGES.is_sure(texts[place], code),
        )
        for place, of_text in zip(places, scores, strict=True)
    }


def _has_contact(text: str) -> bool:
    return any(sign.kind in (SignKind.CONTACT, SignKind.ADVERT) for sign in signs(text))
