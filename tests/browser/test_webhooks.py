"""Webhooks, feeds and digests in a real browser: small, dark, by keyboard, hostile texts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from moderation.clock import utc_now
from moderation.notifications.deliveries import DeliveryOutcome
from moderation.notifications.digests import stop_token
from moderation.notifications.webhooks import Event
from moderation.storage.database.engine import Database
from moderation.storage.notifications.webhooks import Webhooks
from tests.support.chromium import OpenPage
from tests.support.filled_program import MAIL, SECRET, deliver, prepare
from tests.support.flagged_comments import add_scored
from tests.support.layout import assert_fits, assert_in_order
from tests.support.program import Program, running
from tests.support.queue_page import sign_in

HOSTILE = (
    "https://hooks.example/<script>alert(1)</script>",
    "https://hooks.example/\"'><svg/onload=alert(2)>",
    "https://hooks.example/?q={{7*7}}",
    "https://hooks.example/" + "w" * 1900,
)
STOP = f"/moderate/digest/stop/{stop_token(SECRET, 1, 'anna@example.org')}"
PAGES = (
    "/moderate/webhooks",
    "/moderate/webhooks/1",
    "/moderate/webhooks/4",
    "/moderate/account",
    STOP,
)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A Parley with webhooks of every address; none of them is reached, all in every state."""
    var = tmp_path_factory.mktemp("var")
    database = prepare(var, "<b>" + "t" * 100)
    _fill(database)
    database.close()
    with running(var, PARLEY_SECRET_KEY=SECRET.decode(), **MAIL) as program:
        yield program


def _fill(database: Database) -> None:
    webhooks = Webhooks(database, utc_now, SECRET)
    for url in HOSTILE:
        webhooks.add(url, list(Event), site="demo")
    for _ in range(3):
        add_scored(database, utc_now)
    deliver(database, DeliveryOutcome(200), DeliveryOutcome(500, "it answered 500"))
    webhooks.switch(4, on=False)


def test_every_page_has_its_headings_in_order_and_fits(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)
    for path in PAGES:
        page.goto(program.url + path)

        assert_in_order(page)
        assert_fits(page, 320, 360, 640)


def test_hostile_addresses_are_shown_and_run_nothing(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    page.goto(program.url + "/moderate/webhooks")

    assert set(HOSTILE) <= set(page.locator(".panel h2").all_inner_texts())


@pytest.mark.parametrize("javascript", [True, False])
def test_an_address_is_added_by_keyboard_and_removed(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = sign_in(program, open_page, javascript=javascript)
    page.get_by_role("link", name="Webhooks").click()
    page.get_by_label("HTTPS address").fill("https://new.example/hook")
    page.keyboard.press("Enter")

    assert page.locator("#secret").inner_text().startswith("whsec_")
    page.get_by_role("link", name="Go on to the webhook").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_role("status")).to_contain_text("A test is on its way")
    expect(page.get_by_role("listitem").filter(has_text="webhook.test")).to_be_visible()
    page.get_by_role("button", name="Remove").click()

    expect(page.get_by_role("status")).to_contain_text("Removed")
    expect(page.get_by_text("new.example")).to_have_count(0)


def test_a_failed_delivery_is_sent_again(program: Program, open_page: OpenPage) -> None:
    page: Page = sign_in(program, open_page)
    page.goto(program.url + "/moderate/webhooks/1")
    arrived = page.get_by_role("listitem").filter(has_text="delivered, answered 200")

    arrived.get_by_role("button", name="Send again").click()

    expect(page.get_by_role("status")).to_contain_text("on its way again")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_feed_is_made_read_and_revoked(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = sign_in(program, open_page, javascript=javascript)
    page.get_by_role("link", name="Account").click()
    page.get_by_role("button", name="Create a feed").press("Enter")
    address = page.locator("#feed").inner_text()

    feed = program.get(address.removeprefix(program.url))
    page.get_by_role("link", name="Back to your account").click()
    page.get_by_role("button", name="Revoke the feed").click()

    assert '<title type="text">3 comments wait · Parley</title>' in feed.text
    expect(page.get_by_role("status")).to_have_text("That feed is revoked.")
    assert program.get(address.removeprefix(program.url)).status == 404


@pytest.mark.parametrize("javascript", [True, False])
def test_mails_are_asked_for_and_stopped_by_the_link_of_one(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = sign_in(program, open_page, javascript=javascript)
    page.get_by_role("link", name="Account").click()
    mails = page.get_by_role("region", name="E-mail digest")
    mails.get_by_label("How often").select_option("daily")
    mails.get_by_label("E-mail address").fill("anna@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(
        "Saved. A new address first gets a mail with a link, to confirm it."
    )

    stranger = open_page(program.url + STOP, javascript=javascript)
    stranger.get_by_role("button", name="Stop the digest").press("Enter")
    expect(stranger.get_by_role("heading", name="You will get no more")).to_be_visible()

    page.reload()
    expect(mails.get_by_label("How often")).to_have_value("off")
