"""A comment that waits for a suspect word shows which, and where."""

from dataclasses import replace

import pytest

from moderation.choices.suspect_words import SuspectWords
from moderation.comments import Status
from moderation.policy import SUSPECT_WORD, Decision, Part, Reason
from moderation.rules.circumstances import BANNED_WORD
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.rule_versions import RuleVersions
from service.moderators.display.suspect_marks import with_suspects
from service.wiring.text_pieces import Piece
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import Browser

HELD = Decision(Status.FLAGGED, (Reason(SUSPECT_WORD), Reason(SUSPECT_WORD, part=Part.NAME)))


@pytest.fixture
def suspicious(site: Site, sites: Sites) -> None:
    """The site lists a word, a beginning, and words in other scripts."""
    words = SuspectWords(("gun sale", "idiot*", "كلب", "笨蛋", "Spammer"))
    sites.change(site.name, lambda site: replace(site, suspects=words))


def mark(word: str) -> str:
    return f'<mark class="highlight suspect" title="suspect word of this site">{word}</mark>'


@pytest.mark.usefixtures("suspicious")
@pytest.mark.parametrize(
    ("text", "marked", "named"),
    [
        ("A Gun  Sale, today", "Gun  Sale", "gun  sale"),
        ("What idiotic news", "idiotic", "idiotic"),
        ("انت كلب كبير", "كلب", "كلب"),
        ("你是笨蛋吗", "笨蛋", "笨蛋"),
    ],
)
def test_the_words_are_marked_and_named(
    anna: Browser, database: Database, clock: FakeClock, text: str, marked: str, named: str
) -> None:
    add_scored(database, clock, HELD, text=text, name="A spammer")

    page = anna.page()

    assert mark(marked) in page
    assert mark("spammer") in page
    assert f'<li class="reason">one of this site&#39;s suspect words: {named}</li>' in page
    assert "author&#39;s name: one of this site&#39;s suspect words: spammer" in page


@pytest.mark.usefixtures("suspicious")
def test_no_more_is_named_than_can_be_read(
    anna: Browser, sites: Sites, database: Database, clock: FakeClock
) -> None:
    add_scored(database, clock, HELD, text="idiot idiota idiote idiots Idiot")

    assert "suspect words: idiot, idiota, idiote, others</li>" in anna.page()


def test_a_word_that_is_listed_no_more_is_not_marked(
    anna: Browser, site: Site, database: Database, clock: FakeClock
) -> None:
    add_scored(database, clock, HELD, text="A gun sale")

    page = anna.page()

    assert "highlight suspect" not in page
    assert "one of this site&#39;s suspect words</li>" in page


@pytest.mark.usefixtures("suspicious")
def test_a_word_is_marked_only_where_it_was_the_reason(
    anna: Browser, database: Database, clock: FakeClock
) -> None:
    add_scored(database, clock, text="A gun sale")

    assert "highlight suspect" not in anna.page()


def banned(word: str) -> str:
    return f'<mark class="highlight suspect" title="banned word of this site">{word}</mark>'


@pytest.mark.parametrize(
    ("text", "marked", "named"),
    [
        ("What an IDIOTIC idea", "IDIOTIC", "idiotic"),
        ("Such an \uff49diot today", "\uff49diot", "\uff49diot"),
        ("Buy a GUN  sale", "GUN  sale", "gun  sale"),
    ],
)
def test_banned_words_of_the_page_are_marked_and_named(
    anna: Browser,
    site: Site,
    database: Database,
    clock: FakeClock,
    text: str,
    marked: str,
    named: str,
) -> None:
    both = (Reason(BANNED_WORD), Reason(BANNED_WORD, part=Part.NAME))
    comment = add_scored(database, clock, Decision(Status.FLAGGED, both), text=text, name="Spammer")
    rules, words = RuleVersions(database, clock), ["idiot*", "gun sale", "spam*"]
    rules.change("demo", {"banned_words": {"words": ["spam*"], "action": "wait"}})
    rules.change("demo", {"banned_words": {"words": words, "action": "wait"}}, comment.page)

    page = anna.page()

    assert banned(marked) in page
    assert banned("Spammer") in page
    assert f"one of this site&#39;s banned words: {named}</li>" in page


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], [("You ", ""), ("foo", "strong"), ("l", "")]),
        ([(0, 8)], [("You ", "suspect"), ("foo", "suspect"), ("l", "suspect")]),
        ([(2, 5)], [("Yo", ""), ("u ", "suspect"), ("f", "suspect"), ("oo", "strong"), ("l", "")]),
        (
            [(0, 1), (7, 8)],
            [("Y", "suspect"), ("ou ", ""), ("foo", "strong"), ("l", "suspect")],
        ),
    ],
)
def test_the_words_of_the_site_take_the_place_of_other_marks(
    spans: list[tuple[int, int]], pieces: list[tuple[str, str]]
) -> None:
    text = [Piece("You "), Piece("foo", "strong", "most"), Piece("l")]

    marks = [(start, end, "suspect word of this site") for start, end in spans]
    assert [(piece.text, piece.strength) for piece in with_suspects(text, marks)] == pieces
