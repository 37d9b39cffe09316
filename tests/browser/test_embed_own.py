"""What authors do below the page itself: change a comment, hear why it is rejected, appeal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.comments import Status
from moderation.review.notes import RejectReason
from moderation.review.search_filter import Filter
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from moderation.storage.own_comments.appeals import AppealedComments
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.search.search import Search
from tests.support.chromium import OpenPage
from tests.support.filled_program import database_in
from tests.support.flagged_comments import as_seen
from tests.support.program import Program, running_with

RUDE = "You are a stupid idiot."


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def program(var: Path) -> Iterator[Program]:
    with running_with(var, [("Eve", "A first comment.")]) as program:
        program.command("site", "set", "demo", "--nudge")
        yield program


@pytest.fixture(scope="module")
def database(var: Path, program: Program) -> Iterator[Database]:
    database = database_in(var)
    yield database
    database.close()


@pytest.fixture
def page(program: Program, open_page: OpenPage) -> Page:
    return open_page(program.article)


def write(page: Page, text: str, name: str = "Ada") -> None:
    page.locator("#parley-name").fill(name)
    page.locator("#parley-text").fill(text)
    page.get_by_role("button", name="Post comment").click()


def reject(database: Database, text: str) -> None:
    """As a moderator does, once it waits."""
    (card,) = Search(database, utc_now, ALL_SITES).newest(Filter(text=text), limit=1).cards
    anna = Moderators(database, utc_now).add("Anna").id
    queue = ReviewQueue(database, utc_now, ALL_SITES)
    why = RejectReason.ABUSE
    queue.decide(as_seen(card.comment), Status.REJECTED, moderator_id=anna, reason=why)


def test_an_author_changes_a_published_comment_in_its_place(page: Page) -> None:
    write(page, "It was on Mondey.")
    own = page.locator(".parley-own")
    expect(own).to_contain_text("Mondey")
    expect(own.get_by_role("button", name="Reply")).to_be_visible()
    expect(own.get_by_role("button", name="Report")).to_have_count(0)

    own.get_by_role("button", name="Change your comment").click()
    own.get_by_label("Comment Text").fill("It was on Monday.")
    own.get_by_role("button", name="Save the change").click()

    expect(own).to_contain_text("It was on Monday.")
    expect(own.get_by_text("changed")).to_be_visible()
    expect(own.get_by_role("button", name="Change your comment")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "controls"),
    [
        ("Calm, and soon public.", ["Reply", "Erase", "Change"]),
        ("A link: http://a.example http://b.example http://c.example", ["Erase", "Change"]),
    ],
)
def test_what_an_author_may_do_has_one_order(
    program: Program, page: Page, text: str, controls: list[str]
) -> None:
    program.command("policy", "set", "demo", "links.most=1", "--yes")
    write(page, text)
    own = page.locator(".parley-own", has_text=text)
    expect(own.get_by_text("Being checked")).to_be_hidden()

    expect(own.get_by_role("button")).to_have_text(controls)
    under_button = page.locator("#parley .parley-status").bounding_box()
    button = page.get_by_role("button", name="Post comment").bounding_box()
    assert under_button
    assert button
    assert under_button["y"] > button["y"] + button["height"]


def test_a_nudge_is_told_once_then_rejected_with_a_reason_appealed_and_taken_back(
    page: Page, database: Database
) -> None:
    write(page, RUDE)
    expect(page.get_by_role("alert").first).to_contain_text("idiot")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_text("Waiting for a moderator")).to_be_visible()
    reject(database, "idiot")

    page.reload()
    own = page.locator(".parley-own", has_text=RUDE)
    expect(own).to_contain_text("The moderator’s reason: It insults or threatens.")
    own.get_by_role("button", name="Ask for another look").click()
    own.get_by_label("Why should it be published?").fill("It quotes the article.")
    own.get_by_role("button", name="Ask for another look").click()
    expect(own).to_contain_text("No moderator has decided yet")
    assert AppealedComments(database, utc_now, ALL_SITES).number() == 1

    own.get_by_role("button", name="Change and send again").click()
    expect(page.locator("#parley-text")).to_have_value(RUDE)
    expect(own).to_have_count(0)
