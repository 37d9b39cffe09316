"""A campaign is decided by keys: all of it, or some of its comments."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from moderation.clock import utc_now
from tests.support.chromium import OpenPage
from tests.support.filled_program import prepare
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.program import Program, running
from tests.support.queue_page import names, sign_in
from tests.support.snapshot import Snapshot

VOTE = "Vote NO on the harbour tunnel, neighbours!"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Of a Parley with three alike that wait, and one that is published."""
    var = tmp_path_factory.mktemp("var")
    database = prepare(var)
    for name in ("Cy", "Dee", "Eve"):
        add_scored(database, utc_now, name=name, text=VOTE)
    add_scored(database, utc_now, GOOD, name="Flo", text=VOTE.lower())
    database.close()
    with running(var) as program:
        yield Snapshot(program)


@pytest.fixture
def program(snapshot: Snapshot) -> Program:
    return snapshot.restored()


def test_keys_lead_to_what_rejecting_all_of_it_would_do(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)
    page.get_by_role("link", name="Campaigns 1").click()
    expect(page.get_by_role("heading", name="1 campaign")).to_be_visible()
    expect(page.get_by_role("button", name="Shortcuts")).to_be_visible()  # keys work from now on

    for key in ("j", "d"):
        page.keyboard.press(key)

    expect(page.get_by_role("heading", name="Reject 4 comments?")).to_be_visible()
    page.get_by_role("button", name="Reject all: 4").click()
    expect(page.get_by_text("Rejected 4")).to_be_visible()


def test_some_are_checked_also_one_that_was_just_decided(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)
    page.goto(program.url + "/moderate/campaigns")
    page.get_by_role("link", name="Show all").click()
    assert sorted(names(page)) == ["Cy", "Dee", "Eve", "Flo"]
    eve = page.get_by_role("article", name="Eve")
    eve.get_by_role("button", name="Approve").click()
    expect(eve.locator(".status")).to_have_text("approved")

    for name in ("Eve", "Flo", "Cy"):
        page.get_by_label(f"Choose {name}").click()
    expect(page.get_by_text("3 comments checked:")).to_be_visible()
    page.locator("#chosen-form").get_by_role("button", name="Reject").click()

    expect(page.get_by_text("Rejected 3")).to_be_visible()
