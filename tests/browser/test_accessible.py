"""axe-core finds nothing serious on any screen: on a phone and a desktop, in light and in dark.

Nor does any screen have an id twice, which axe-core does not call serious, or a label that is cut.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from pyotp import TOTP

from moderation.config.settings import Settings
from service.app import create_app
from tests.support.chromium import OpenPage
from tests.support.every_screen import OTHERS, fill
from tests.support.filled_program import MAIL, SECRET
from tests.support.layout import with_every_state
from tests.support.program import DEMO_PAGE, Program, running
from tests.support.queue_page import ids_twice, new_link, sign_in

PASSWORD = "four words do well"  # noqa: S105 a password of nobody's
NO_SCREENS = (
    "/v1/",
    "/1.",
    "/akismet/",
    "/$discovery/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/moderate/arrivals",
    "/moderate/sign-in/provider",
)
ASKED = {
    "/moderate/bulk": "?to=rejected&name=Ada",
    "/thread": f"?site=demo&page={DEMO_PAGE}",
}
PAGE = "text/html; charset=utf-8"
SIZES = {"phone": (360, 740), "desktop": (1280, 900)}
CUT = """(all) => all.filter((one) => one.scrollWidth > one.clientWidth && one.checkVisibility())
  .map((one) => one.innerText)"""
OPTIONS = {"resultTypes": ["violations"], "preload": False}


def screens() -> list[str]:
    """Every address that needs no parameter and answers with a page."""
    app = create_app(replace(Settings.read({}), redis_url="unix:///nowhere"), b"secret")
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and not rule.rule.startswith(NO_SCREENS)
        and not Path(rule.rule).suffix  # a file
    )


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def address_parts(var: Path) -> Mapping[str, str]:
    """What the addresses of the other screens have in them."""
    return fill(var)


@pytest.fixture(scope="module")
def program(var: Path, address_parts: Mapping[str, str]) -> Iterator[Program]:
    """A Parley with something on every screen."""
    with running(var, PARLEY_SECRET_KEY=SECRET.decode(), **MAIL) as program:
        yield program


@pytest.fixture(scope="module")
def cookies(program: Program, browser: Browser) -> list[Any]:
    """Of Anna, who is signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(new_link(program))
    page.get_by_role("button", name="Sign in as Anna").click()
    page.wait_for_url(program.url + "/moderate")
    kept: list[Any] = context.cookies()
    context.close()
    return kept


@pytest.fixture
def anna(open_page: OpenPage, cookies: list[Any]) -> Page:
    """A page of her browser."""
    page = open_page("about:blank")
    page.context.add_cookies(cookies)
    return page


def violations(page: Page) -> list[str]:
    """Ids given twice, labels cut, and what axe-core calls serious, by size and scheme."""
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    problems = [
        *(f"id {element_id} twice" for element_id in ids_twice(page)),
        *_violations(page, ""),
    ]
    for dialog in page.locator("dialog").all():
        problems += _in_dialog(page, dialog)
    return problems


def _in_dialog(page: Page, dialog: Locator) -> list[str]:
    dialog.evaluate("dialog => dialog.showModal()")
    problems = _violations(page, " in a dialog")
    dialog.evaluate("dialog => dialog.close()")
    return problems


def _violations(page: Page, where: str) -> list[str]:
    problems = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            problems += [
                f"{label} is cut{where}, {size}"
                for label in page.locator("nav, label, button, h1, h2").evaluate_all(CUT)
            ]
            rules = Axe().run(page, options=OPTIONS).response["violations"]
            problems += [
                f"{rule['id']} at {node['target']}{where}, {size}, {scheme}"
                for rule in rules
                if rule["impact"] in ("serious", "critical")
                for node in rule["nodes"]
            ]
    return problems


def look(page: Page, address: str) -> list[str]:
    """What is wrong with a screen that must be there."""
    answer = page.goto(address)
    assert answer
    assert (answer.status, answer.header_value("content-type")) == (200, PAGE)
    return violations(page)


@pytest.mark.parametrize("path", screens())
def test_every_screen(program: Program, anna: Page, path: str) -> None:
    assert look(anna, program.url + path + ASKED.get(path, "")) == []


@pytest.mark.parametrize("screen", OTHERS)
def test_screens_of_one_thing(
    program: Program, anna: Page, address_parts: Mapping[str, str], screen: str
) -> None:
    assert look(anna, program.url + OTHERS[screen].format(**address_parts)) == []


def test_the_card_that_one_holds(program: Program, anna: Page) -> None:
    anna.goto(program.url + "/moderate")
    anna.get_by_role("button", name="One at a time").click()
    expect(anna.get_by_role("heading", name="Reserved for you")).to_be_visible()

    assert violations(anna) == []


@pytest.mark.parametrize("path", ["/moderate/sign-in", "/moderate/link/old", "/nowhere"])
def test_screens_of_strangers(program: Program, open_page: OpenPage, path: str) -> None:
    assert violations(open_page(program.url + path)) == []


@pytest.mark.parametrize("name", ["Zoe", "Vic"])
def test_the_queue_of_those_who_only_look_with_and_without_comments(
    program: Program, open_page: OpenPage, name: str
) -> None:
    assert violations(sign_in(program, open_page, name)) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_comments_without_a_script(
    program: Program, open_page: OpenPage, language: str
) -> None:
    address = f"{program.url}/v1/comments.html?site=demo&page={DEMO_PAGE}&lang={language}"
    page = open_page(address)
    expect(page.locator("article").first).to_be_visible()

    assert violations(page) == []

    page.locator("form").evaluate("form => { form.noValidate = true; }")
    page.locator("button").click()
    expect(page.locator("[aria-invalid]").first).to_be_visible()
    assert violations(page) == []


def test_the_article_with_comments_in_every_state(program: Program, open_page: OpenPage) -> None:
    page = open_page(program.article)
    assert violations(page) == []

    assert violations(with_every_state(page)) == []


def test_every_step_of_setting_and_using_proof(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page, "Bea")

    problems = [
        *_after_making_a_token(program, page),
        *_after_setting_a_second_factor(program, page),
        *_after_signing_in_again(page),
    ]

    assert problems == []


def _after_making_a_token(program: Program, page: Page) -> list[str]:
    page.goto(program.url + "/moderate/account")
    page.get_by_label("What it is for").fill("a bot")
    page.keyboard.press("Enter")
    expect(page.locator("#token")).to_be_visible()
    return violations(page)


def _after_setting_a_second_factor(program: Program, page: Page) -> list[str]:
    page.goto(program.url + "/moderate/password")
    page.get_by_label("New password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your password is set.")).to_be_visible()
    page.get_by_role("link", name="Account").click()
    page.get_by_role("region", name="Second factor").get_by_label("Your password").fill(PASSWORD)
    page.keyboard.press("Enter")
    authenticator = TOTP(page.locator("code.monospace").inner_text())
    problems = violations(page)
    page.get_by_label("Code", exact=True).fill(authenticator.now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Recovery codes")).to_be_visible()
    return problems + violations(page)


def _after_signing_in_again(page: Page) -> list[str]:
    page.get_by_role("button", name="Sign out").click()
    problems = []
    for password, heading in (
        ("not this one", "do not belong together"),
        (PASSWORD, "Enter your code"),
    ):
        page.get_by_label("Name").fill("Bea")
        page.get_by_label("Password").fill(password)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        problems += violations(page)
    return problems
