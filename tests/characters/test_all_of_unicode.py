"""One table for all: what hides from a reader hides from no rule, of all characters there are."""

import re
import unicodedata
from collections.abc import Callable
from itertools import chain

import pytest

from characters import table
from characters.hidden import BLANK, HIDDEN, INVISIBLE, has_visible, without_hidden
from characters.ranges import character_class
from models.features.normalise import normalise
from models.features.normalise_offsets import normalise_traced
from models.serving.classifier import ARTEFACT, load
from moderation.accounts.moderators import moderator_name
from moderation.comments import InvalidComment, Submission
from moderation.review.notes import note_text
from moderation.review.reports import Report
from moderation.sanctions import sanction_reason
from moderation.site_fields import site_title
from moderation.text.links import urls_in
from moderation.text.near_duplicates import fingerprint
from moderation.text.search_terms import words_of
from service.moderators.display.visible_text import hidden_places

ALL = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
NOTHING = re.findall(f"[{INVISIBLE}]", "".join(ALL))
BLANKS = re.findall(f"[{BLANK}]", "".join(ALL))
HIDING = [*NOTHING, *BLANKS]
# The first and the last of each range are scored: all have the same normalised text.
SCORED = [
    *map(chr, chain(*table.CONTROLS, *table.IGNORABLE, *table.DRAWN_AS_NOTHING)),
    *BLANKS,
]
ABUSE = "I will kill you, you fucking faggot!"
USUAL = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued."}
ADVERT = "Earn 500 dollars a week from home"


def between_letters(hidden: str, text: str) -> str:
    return " ".join(hidden.join(word) for word in text.split(" "))


def test_every_character_is_asked_for() -> None:
    assert len(ALL) == 1_114_112 - 2_048
    assert (len(NOTHING), len(BLANKS)) == (4_237, 8)


def test_what_the_marks_call_hidden_the_normaliser_removes() -> None:
    hidden = re.findall(HIDDEN, "a".join(ALL))

    assert set(HIDING) - set(hidden) == set("\ufe0e\ufe0f")  # emoji have these
    assert hidden_places("a".join(hidden)) == len(hidden)
    assert [c for c in hidden if normalise(c.join("stupid")) != "stupid"] == []


def traced(text: str) -> str:
    return normalise_traced(text).text


@pytest.mark.parametrize("plain", [normalise, traced])
def test_nothing_invisible_changes_the_normalised_text(plain: Callable[[str], str]) -> None:
    kept = [c for c in NOTHING if plain(f"you stu{c}pid id{c}{c}iot") != "you stupid idiot"]

    assert kept == []


def test_nothing_hidden_between_letters_changes_a_score() -> None:
    expected, *scores = load(ARTEFACT).score(
        [ABUSE, *(between_letters(hidden, ABUSE) for hidden in SCORED)]
    )

    assert expected["toxicity"] > 0.9
    assert [c for c, score in zip(SCORED, scores, strict=True) if score != expected] == []


def test_decomposing_brings_nothing_hidden_back() -> None:
    plain = unicodedata.normalize("NFKD", without_hidden("".join(ALL)))

    assert re.findall(f"[{INVISIBLE}{BLANK}]", plain) == []


def test_search_finds_the_word_that_is_read() -> None:
    assert [c for c in HIDING if words_of(c.join("stupid")) != ["stupid"]] == []


def test_near_duplicates_are_those_that_read_the_same() -> None:
    disguised = (between_letters(hidden, ADVERT) for hidden in HIDING)

    assert {fingerprint(text) for text in disguised} == {fingerprint(ADVERT)}


def test_a_link_ends_where_something_hides() -> None:
    links = {c: next(urls_in(f"https://a.example/b{c}c")) for c in HIDING}

    assert {c for c, link in links.items() if link != "https://a.example/b"} == set("\ufe0e\ufe0f")


FIELDS: list[Callable[[str], object]] = [
    lambda text: Submission.parse({**USUAL, "name": text}),
    lambda text: Submission.parse({**USUAL, "text": text}),
    lambda text: Report.parse({"reason": "other", "text": text}),
    moderator_name,
    note_text,
    sanction_reason,
    site_title,
]
UNSEEN = [c for c in ALL if not has_visible(c)]
# Of each script and block some, with what no Unicode names yet and what it keeps for private use.
SEEN = [c for c in ALL[0x21::97] if has_visible(c)]


def test_what_is_seen_does_not_hang_on_the_unicode_of_the_interpreter() -> None:
    blank = re.compile(f"[{INVISIBLE}{BLANK}{character_class(table.WHITE_SPACE, table.ACCENTS)}]")

    assert blank.findall("".join(ALL)) == UNSEEN
    assert {"\u2800", "\u3164", "\uffa0", "\u115f", "\u17b4", "\u034f", "\ufe0f"} <= set(UNSEEN)


@pytest.mark.parametrize("parse", FIELDS)
def test_no_field_that_people_see_takes_what_nobody_sees(parse: Callable[[str], object]) -> None:
    for unseen in UNSEEN:
        with pytest.raises(ValueError, match=r"visible|plain text|NUL|1 to"):
            parse(f"{unseen} {unseen}")


@pytest.mark.parametrize("parse", FIELDS)
def test_every_field_takes_what_is_seen(parse: Callable[[str], object]) -> None:
    for seen in SEEN:
        assert parse(seen)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "name must have at least one visible"),
        ("text", "text must have at least one visible"),
        ("page", "page is missing"),
    ],
)
def test_no_field_is_blank(field: str, sentence: str) -> None:
    for blank in HIDING[1:]:  # NUL is refused by a sentence of its own
        with pytest.raises(InvalidComment, match=sentence):
            Submission.parse({**USUAL, field: f"{blank} {blank}"})
