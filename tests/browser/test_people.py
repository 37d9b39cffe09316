"""People, proof and numbers in a real browser: by keyboard, without scripts, small and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pyotp import TOTP

from moderation.accounts.moderators import ALL_SITES, Role
from moderation.clock import utc_now
from moderation.comments import Status
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.review.queue import ReviewQueue
from tests.support.chromium import OpenPage
from tests.support.filled_program import prepare
from tests.support.flagged_comments import add_scored, as_seen
from tests.support.layout import assert_fits, assert_in_order
from tests.support.program import Program, running
from tests.support.queue_page import sign_in

PASSWORD = "four words do well"  # noqa: S105 a password of nobody's
PAGES = ("/moderate/people", "/moderate/account", "/moderate/numbers")
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><svg onload=alert(2)>",
    "{{ 7*7 }}",
    "w" * 80,
    "Z" + "\u0300\u0489" * 30,
)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A Parley with people of every name and something to count."""
    var = tmp_path_factory.mktemp("var")
    _fill(var)
    with running(var) as program:
        yield program


def _fill(var: Path) -> None:
    database = prepare(var, "<b>" + "t" * 100)
    anna = Moderators(database, utc_now).get("Anna")
    for name in HOSTILE:
        Moderators(database, utc_now).add(name, Role.VIEWER, sites=["demo"])
    comment = add_scored(database, utc_now)
    queue = ReviewQueue(database, utc_now, ALL_SITES)
    queue.decide(as_seen(comment), Status.REJECTED, moderator_id=anna.id)
    database.close()


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    return page


def test_every_page_has_its_headings_in_order_and_fits(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)
    for path in PAGES:
        opened(page, program.url + path)

        assert_in_order(page)
        assert_fits(page, 320, 360, 640)


def test_hostile_names_are_shown_and_run_nothing(program: Program, open_page: OpenPage) -> None:
    page = opened(sign_in(program, open_page), program.url + "/moderate/people")

    names = page.locator(".panel h2").all_inner_texts()

    assert set(HOSTILE[:4]) <= set(names)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_is_invited_and_comes_in(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = sign_in(program, open_page, javascript=javascript)
    name = f"Cleo {javascript}"
    page.get_by_role("link", name="People").click()
    form = page.get_by_role("region", name="Invite somebody")
    form.get_by_label("Name").fill(name)
    form.get_by_label("Role").select_option("viewer")
    form.get_by_role("button", name="Create the invitation link").click()

    link = page.locator("code.monospace").inner_text()
    cleo = open_page(link, javascript=javascript)
    cleo.get_by_role("button", name=f"Sign in as {name}").click()

    expect(cleo.get_by_role("link", name="Account")).to_be_visible()
    expect(cleo.get_by_role("link", name="People")).to_have_count(0)
    expect(cleo.get_by_role("button", name="Approve")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_second_factor_is_set_by_keyboard_and_asked_for(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = sign_in(program, open_page, javascript=javascript)
    page.goto(program.url + "/moderate/password")
    page.get_by_label("New password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Account").click()
    page.get_by_role("region", name="Second factor").get_by_label("Your password").fill(PASSWORD)
    page.keyboard.press("Enter")
    authenticator = TOTP(page.locator("code.monospace").inner_text())
    page.get_by_label("Code", exact=True).fill(authenticator.now())
    page.keyboard.press("Enter")
    recovery = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    code = recovery.first.inner_text()
    page.get_by_role("button", name="Sign out").click()

    page.get_by_label("Name").fill("Anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code from your authenticator").fill(code)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="0 waiting")).to_be_visible()


def test_a_token_is_made_and_asks(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    page.get_by_role("link", name="Account").click()
    page.get_by_label("What it is for").fill("a bot")
    page.keyboard.press("Enter")

    token = page.locator("#token").inner_text()

    answer = program.get("/v1/moderation/queue", Authorization=f"Bearer {token}")
    sections = '"sections":{"in_doubt":0,"likely_rejected":0,"published_first":0}'
    queue = f'{{"waiting":0,{sections},"comments":[],"next":null}}\n'
    assert (answer.status, answer.text) == (200, queue)


def test_the_numbers_are_a_picture_and_a_table(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)

    page.get_by_role("link", name="Statistics").click()

    expect(page.get_by_role("img", name="Comments submitted each day")).to_be_visible()
    expect(page.get_by_role("row", name="demo 1 0 0 1 1")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert Path(download.value.path()).read_text().startswith('"day","site","submitted"')
