"""A card marks the words that made its score, and shows everything else as before."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given

from judging.judge import decide_text
from judging.spoken_languages import read_texts
from models.serving.classifier import ARTEFACT, load
from models.serving.explain import Attribution, Span
from models.serving.languages.identification import SpokenLanguages
from moderation.comments import Status
from moderation.config.settings import Settings
from moderation.policy import ATTRIBUTES, Decision, Part, Policy, Reason
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import DecidedComment, PendingComments
from service.moderators.display.highlights import Highlighter, pieces
from service.wiring.highlights_loader import Highlights
from service.wiring.text_pieces import Piece
from service.wiring.web_model import WebModel
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import DOUBTFUL, GOOD, NOBODY, add_scored, flagged_for
from tests.support.moderator_browser import Browser
from tests.support.strategies import ANY_TEXT

SHIPPED = load(ARTEFACT)
CLASSIFIER = load(ARTEFACT)
CLASSIFIER.version = "test-1"  # the one that `add_scored` notes
HIGHLIGHTER = Highlighter(CLASSIFIER)
TOXIC = Decision(Status.REJECTED, (Reason("toxicity", 0.97, 0.9),))
HIDDEN_IDIOT = 'id<bdi class="hidden-character" title="ZERO WIDTH SPACE">U+200B</bdi>iot'
MARK = re.compile(r'<mark class="highlight (strong|weak)" title="([^"]*)">(.*?)</mark>')


def test_strongest_words_are_apart_with_their_share() -> None:
    spans = (Span(0, 3, -1.0), Span(4, 9, 6.0), Span(10, 14, 3.0), Span(15, 17, 1.0))

    marked = list(pieces("you silly fool ok!", Attribution(9.0, spans, {}), "toxicity"))

    assert marked == [
        Piece("you "),
        Piece("silly", "strong", "60% of what speaks for toxicity"),
        Piece(" "),
        Piece("fool", "weak", "30% of what speaks for toxicity"),
        Piece(" ok!"),
    ]


@pytest.mark.parametrize("spans", [(), (Span(0, 4, -2.0),)])
def test_a_text_that_nothing_speaks_against_has_no_marks(spans: tuple[Span, ...]) -> None:
    assert list(pieces("Nice", Attribution(-3.0, spans, {}), "spam")) == [Piece("Nice")]


@given(text=ANY_TEXT)
def test_the_pieces_are_the_text(text: str) -> None:
    highlighted = HIGHLIGHTER.of(text, CLASSIFIER.version, "toxicity")

    assert "".join(piece.text for piece in highlighted) == text


@pytest.mark.parametrize(
    ("highlighter", "model", "text"),
    [
        (HIGHLIGHTER, "another-1", "You idiot."),
        (HIGHLIGHTER, None, "You idiot."),
        (Highlighter(None), CLASSIFIER.version, "You idiot."),
        (HIGHLIGHTER, CLASSIFIER.version, "idiot \u200bx " * 100),
    ],
)
def test_without_the_model_of_the_score_nothing_is_marked(
    highlighter: Highlighter, model: str | None, text: str
) -> None:
    assert highlighter.of(text, model, "toxicity") == [Piece(text)]


def test_the_model_is_loaded_by_the_first_comment_and_once(tmp_path: Path) -> None:
    folder = tmp_path / "artefact"
    highlights = Highlights(WebModel(replace(Settings.read({}), model=folder)))
    shutil.copytree(ARTEFACT, folder)

    marked = highlights.of("You idiot.", SHIPPED.version, "toxicity")
    shutil.rmtree(folder)

    assert len(marked) == 3
    assert highlights.of("You idiot.", SHIPPED.version, "toxicity") == marked


def test_the_words_are_explained_by_the_model_the_workers_use() -> None:
    highlighted = Highlights(WebModel(Settings.read({}))).of(
        "You idiot.", SHIPPED.version, "toxicity"
    )

    assert highlighted == Highlighter(SHIPPED).of("You idiot.", SHIPPED.version, "toxicity")
    assert len(highlighted) == 3


def test_a_refused_model_marks_nothing(tmp_path: Path) -> None:
    assert WebModel(replace(Settings.read({}), model=tmp_path)).get().classifier is None


def test_the_queue_marks_words_and_still_shows_what_is_hidden(
    app: Flask, anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    parts = app.extensions["parley"]
    app.extensions["parley"] = replace(parts, highlights=HIGHLIGHTER)
    add_scored(database, clock, text="Dear <b>Bob</b>, you id\u200biot.\nhttps://a.example/x")

    page = anna.page()

    hidden = '<bdi class="hidden-character" title="ZERO WIDTH SPACE">U+200B</bdi>'
    assert [mark[2] for mark in MARK.findall(page)] == [f"id{hidden}iot"]
    assert "Dear &lt;b&gt;Bob&lt;/b&gt;, you " in page
    assert '<a href="https://a.example/x" rel=' in page


@pytest.mark.parametrize(
    ("path", "decision", "marked"),
    [
        ("/moderate/comments", DOUBTFUL, ["idiot"]),
        ("/moderate/pages/1", DOUBTFUL, ["idiot"]),
        ("/moderate/pages/1", GOOD, []),
        ("/moderate/bulk?to=rejected", DOUBTFUL, ["idiot"]),
        ("/moderate/decided?whose=machine", TOXIC, ["idiot"]),
        ("/moderate/decided?whose=machine", GOOD, []),
        ("/moderate", flagged_for("language"), []),
        ("/moderate", DOUBTFUL, ["idiot"]),
    ],
)
def test_words_are_marked_wherever_toxicity_is_why(
    app: Flask,
    anna: Browser,
    database: Database,
    clock: FakeClock,
    site: Site,
    path: str,
    decision: Decision,
    marked: list[str],
) -> None:
    parts = app.extensions["parley"]
    app.extensions["parley"] = replace(parts, highlights=HIGHLIGHTER)
    add_scored(database, clock, decision, text="Dear Bob, you idiot.")

    assert [mark[2] for mark in MARK.findall(anna.page(path))] == marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Du bist so ein dummes Arschloch.", "Arschloch"),
        ("Eres un idiota de mierda, cállate.", "mierda"),
        ("أنت غبي وحقير، اخرس يا كلب ولا تتكلم بعد اليوم", "غبي"),
    ],
)
def test_words_of_a_language_that_is_only_sorted_are_marked(
    app: Flask,
    anna: Browser,
    database: Database,
    clock: FakeClock,
    site: Site,
    text: str,
    marked: str,
) -> None:
    app.extensions["parley"] = replace(app.extensions["parley"], highlights=HIGHLIGHTER)
    (reading,) = read_texts([text], [{}], [SpokenLanguages()])
    scoring = PendingComments(database, clock)
    Comments(database, clock).add(site, submission(text=text), NOBODY)
    claim = scoring.claim(1)
    decision = decide_text(reading, Policy())
    number = claim.comments[0].id
    scoring.settle(
        claim, [DecidedComment(number, decision, reading.scores, reading.version, reading.scores)]
    )

    assert marked in [mark[2] for mark in MARK.findall(anna.page("/moderate"))]


NAMED = Decision(Status.FLAGGED, (Reason("toxicity", 0.99, 0.85, Part.NAME),))
ADDRESSED = Decision(Status.FLAGGED, (Reason("contact", part=Part.NAME),))


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/moderate", Status.FLAGGED),
        ("/moderate/comments", Status.FLAGGED),
        ("/moderate/pages/1", Status.FLAGGED),
        ("/moderate/bulk?to=rejected", Status.FLAGGED),
        ("/moderate/decided?whose=machine", Status.REJECTED),
    ],
)
@pytest.mark.parametrize(
    ("decision", "name", "marked"),
    [
        (NAMED, "Bob Idiot", ["Idiot"]),
        (NAMED, "Bob id\u200biot", [HIDDEN_IDIOT]),
        (NAMED, "BobIdiot", ["BobIdiot"]),
        (NAMED, "<b>Idiot</b>", ["Idiot"]),
        (ADDRESSED, "<b>www.x.example", ["www.x.example"]),
        (ADDRESSED, "Bob from pills.example", ["pills.example"]),
        (DOUBTFUL, "Bob Idiot", ["fool"]),
    ],
)
def test_the_words_of_the_name_are_marked_wherever_the_name_is_why(
    app: Flask,
    anna: Browser,
    database: Database,
    clock: FakeClock,
    site: Site,
    path: str,
    to: Status,
    decision: Decision,
    name: str,
    marked: list[str],
) -> None:
    app.extensions["parley"] = replace(app.extensions["parley"], highlights=HIGHLIGHTER)
    add_scored(database, clock, replace(decision, status=to), name=name, text="Dear fool.")

    assert [mark[2] for mark in MARK.findall(anna.page(path))] == marked


def test_the_card_has_the_scores_of_the_name_where_only_that_is_why(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    scores = dict.fromkeys(ATTRIBUTES, 0.01)
    named = {**scores, "toxicity": 0.99}
    add_scored(database, clock, NAMED, scores, name_scores=named, name="Idiot")

    page = anna.page()

    assert "Scores of the author’s name by model test-1" in page
    assert re.search(r'class="cause"><th scope="row">toxicity</th>.*?<td>99 %</td>', page, re.S)


@pytest.mark.parametrize("kind", ["toxicity", "contact"])
@given(name=ANY_TEXT)
def test_the_pieces_are_the_name(kind: str, name: str) -> None:
    shown = HIGHLIGHTER.of_name(name, CLASSIFIER.version, [Reason(kind, part=Part.NAME)])

    assert "".join(piece.text for piece in shown) == name


def test_words_of_spam_are_marked_as_such(
    app: Flask, anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    parts = app.extensions["parley"]
    app.extensions["parley"] = replace(parts, highlights=HIGHLIGHTER)
    spam = Decision(Status.FLAGGED, (Reason("spam", 0.8, 0.1), Reason("toxicity", 0.5, 0.1)))
    add_scored(database, clock, spam, text="You idiot, subscribe to my channel.")

    [(_, title, word), *_] = MARK.findall(anna.page())

    assert title.endswith("% of what speaks for spam")
    assert word == "subscribe"
