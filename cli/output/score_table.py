"""The scores of texts as a table: those of the model of each text's language, or none."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from cli.asked_texts import Answer, Scorer
from models.serving.languages import MIXED
from models.serving.languages.grades import ENGLISH
from moderation.choices.site_languages import language_name

_NONE = "–"  # of an attribute that the model of the language does not know
_MOST = 60  # characters


def score_table(scorer: Scorer, texts: Sequence[str], answers: Sequence[Answer]) -> Table:
    """A row for each text; with its language, where one is not in English."""
    attributes = scorer.classifier.attributes
    headers = [attribute.replace("_", "_\n") for attribute in attributes]
    with_language = any(answer.language not in (None, ENGLISH) for answer in answers)
    title = "name" if scorer.as_name else "text"
    languages = ["language"] if with_language else []
    table = Table(title, *languages, *headers, box=SIMPLE_HEAD, padding=0, collapse_padding=True)
    for text, answer in zip(texts, answers, strict=True):
        language = [_language(answer)] if with_language else []
        table.add_row(short(text), *language, *(_score(answer, name) for name in attributes))
    return table


def short(text: str) -> Text:
    """Printable and short; what is in square brackets is text, not markup."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return Text(printable if len(printable) <= _MOST else printable[: _MOST - 1] + "…")


def _score(answer: Answer, attribute: str) -> str:
    score = answer.scores.get(attribute)
    return _NONE if score is None else f"{score:.4f}"


def _language(answer: Answer) -> str:
    """Its name and its grade, as in "German, sorts"."""
    code = answer.language_or_none
    name = "several" if answer.language == MIXED else "not told"
    return f"{name if code is None else language_name(code)}, {answer.grade}"
