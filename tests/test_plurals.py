"""No sentence says "1 comments": where a number can be one, `counted` chooses the noun."""

import re
from pathlib import Path

import pytest

from moderation.notifications.wording import counted

ROOT = Path(__file__).parent.parent
NOUNS = (
    "accent|card|character|code|comment|day|decision|file|hour|line|message|minute|moderator"
    "|other|page|place|report|reply|row|second|site|time|token|word"
)
# A number, then at most two words and a plural: {number:,} more sites, {{ left }} codes.
NUMBER_AND_PLURAL = re.compile(
    rf"(?P<number>\$?\{{\{{?[^{{}}]+\}}\}}?)(?:</\w+>)?(?: (?!of )[a-z]+){{0,2}} (?:{NOUNS})s\b"
)
# Numbers that are never one, and words in braces that are no numbers.
NEVER_ONE = re.compile(
    r"^(_?[A-Z][A-Z_]+|limit|maximum|most|age|-age|abs\(seconds\)|self\.answer_seconds|length"
    r"|schema\.maxLength|saved\.rows|len\(every|status_words|cost\.batch_per_second|10000|smallest)$"
)
SOURCES = [
    path
    for package in ("cli", "moderation", "service", "worker")
    for path in (ROOT / package).rglob("*")
    if path.suffix in (".py", ".html", ".js") and "migrations" not in path.parts
]


def ones(source: str) -> list[str]:
    """What would be wrong with one, as the source writes it."""
    plain = re.sub(r"""["']\{:,\}["']\.format""", "", source)
    return [match[0] for match in NUMBER_AND_PLURAL.finditer(plain) if can_be_one(match["number"])]


def can_be_one(number: str) -> bool:
    expression = number.strip("${} ()").partition(":")[0]
    return "counted(" not in expression and not NEVER_ONE.match(expression)


def test_a_number_with_a_fixed_plural_is_noticed() -> None:
    assert ones('f"{rows} rows"') == ["{rows} rows"]
    assert ones('{{ "{:,}".format(left) }} more sites') == ["{{ (left) }} more sites"]
    assert ones("{{ left }} recovery codes") == ["{{ left }} recovery codes"]
    assert ones("`${left} characters left`") == ["${left} characters"]
    assert ones("f\"{counted(rows, 'row')}\" and {MAX:,} rows") == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_has_a_plural_for_one(path: Path) -> None:
    assert ones(path.read_text()) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 comments"), (1, "1 comment"), (2, "2 comments"), (1_000, "1,000 comments")],
)
def test_a_noun_follows_its_number(number: int, words: str) -> None:
    assert counted(number, "comment") == words


def test_words_that_are_no_nouns_follow_too() -> None:
    assert counted(1, "has", "have") == "1 has"
    assert counted(2, "has", "have") == "2 have"
