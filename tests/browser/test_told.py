"""Webhooks, feeds and digests in a real browser: small, dark, by keyboard, hostile texts."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from moderation.clock import utc_now
from moderation.deliveries import Outcome
from moderation.digests import stop_token
from moderation.sites import Site
from moderation.storage.deliveries import Deliveries
from moderation.storage.engine import Database, open_database
from moderation.storage.migrate import migrate
from moderation.storage.moderators import Moderators
from moderation.storage.outbox import Outbox
from moderation.storage.sites import Sites
from moderation.storage.webhooks import Webhooks
from moderation.webhooks import Event
from tests.browser.conftest import OpenPage
from tests.browser.test_layout import LEVELS, TEXTS, UNNAMED, contrast
from tests.browser.test_people import sign_in
from tests.flagged import add_scored
from tests.program import Program, running

SECRET = b"a secret of the tests, long enough"
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
    database = open_database(f"sqlite:///{var / 'parley.db'}")
    migrate(database)
    _fill(database)
    database.close()
    mail = {"PARLEY_SMTP_URL": "smtp://127.0.0.1:1", "PARLEY_MAIL_FROM": "parley@example.org"}
    with running(var, PARLEY_SECRET_KEY=SECRET.decode(), **mail) as program:
        yield program


def _fill(database: Database) -> None:
    Sites(database, utc_now).add(Site(0, "demo", "<b>" + "t" * 100, ("https://paper.example",)))
    Moderators(database, utc_now).add("Anna")
    webhooks = Webhooks(database, utc_now, SECRET)
    for url in HOSTILE:
        webhooks.add(url, list(Event), site="demo")
    for _ in range(3):
        add_scored(database, utc_now)
    Outbox(database, utc_now).spread()
    _settle(database, Outcome(200), Outcome(500, "it answered 500"))
    webhooks.switch(4, on=False)


def _settle(database: Database, *outcomes: Outcome) -> None:
    deliveries = Deliveries(database, utc_now, SECRET)
    for held in deliveries.hold(10):
        for outcome in outcomes:
            due = deliveries.next(held)
            assert due
            deliveries.settle(held, due, outcome)
        deliveries.release(held)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_reads_well_and_fits(
    program: Program, open_page: OpenPage, scheme: str, path: str
) -> None:
    page = sign_in(program, open_page, scheme=scheme)
    page.goto(program.url + path)

    faint = [each for each in page.evaluate(TEXTS) if contrast(each[1], each[2]) < 4.5]
    levels = page.locator("h1, h2, h3").evaluate_all(LEVELS)

    assert faint == []
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate(UNNAMED) == 0
    for width in (320, 360, 640):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") == width


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
    page.get_by_label("Its https address").fill("https://new.example/hook")
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
    arrived = page.get_by_role("listitem").filter(has_text="arrived, answered 200")

    arrived.get_by_role("button", name="Send again").click()

    expect(page.get_by_role("status")).to_contain_text("on its way again")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_feed_is_made_read_and_revoked(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = sign_in(program, open_page, javascript=javascript)
    page.get_by_role("link", name="Account").click()
    page.get_by_role("button", name="Make a feed").press("Enter")
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
    mails = page.get_by_role("region", name="Mail about what waits")
    mails.get_by_label("How often").select_option("daily")
    mails.get_by_label("To this address").fill("anna@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved, from the next hour or day on.")

    stranger = open_page(program.url + STOP, javascript=javascript)
    stranger.get_by_role("button", name="Stop them").press("Enter")
    expect(stranger.get_by_role("heading", name="You get no more")).to_be_visible()

    page.reload()
    expect(mails.get_by_label("How often")).to_have_value("off")
