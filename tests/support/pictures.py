"""The pictures of the documentation, taken of the real program: make pictures"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from pyotp import TOTP

from tests.support.camera import Camera
from tests.support.chromium import QUIET, chromium
from tests.support.filled_program import MAIL, SECRET
from tests.support.newsroom import fill
from tests.support.program import Program, running
from tests.support.public_pictures import answer, publish, take_article, take_start

_PASSWORD = "four words do well"  # noqa: S105 a password of nobody's
# The name of the picture, the address of what it shows.
_SCREENS = (
    ("queue", "/moderate"),
    ("decided", "/moderate/decided?whose=all"),
    ("author", "/moderate/comments/{sailor}/author?by=name"),
    ("search", "/moderate/comments?page=/headquarters"),
    ("thread", "/moderate/pages/2"),
    ("bulk", "/moderate/bulk?to=approved&status=flagged&attribute=toxicity&low=0.05&high=0.4"),
    ("bulks", "/moderate/bulks"),
    ("published-first", "/moderate/published-first"),
    ("campaigns", "/moderate/campaigns"),
    ("scores", "/moderate/scores?attribute=toxicity&low=20&high=60"),
    ("reports", "/moderate/reports"),
    ("sample", "/moderate/sample"),
    ("automatic", "/moderate/automatic?list=approved"),
    ("erase", "/moderate/comments/{sailor}/erase"),
    ("people", "/moderate/people"),
    ("sites", "/moderate/sites"),
    ("site", "/moderate/sites/demo"),
    ("thresholds", "/moderate/thresholds?site=demo&setting=own&from=1#tried"),
    ("rejection", "/moderate/rejection?site=demo&attribute=toxicity&from=60"),
    ("account", "/moderate/account"),
    ("webhook-list", "/moderate/webhooks"),
    ("webhooks", "/moderate/webhooks/1"),
    ("numbers", "/moderate/numbers"),
    ("mail-stop", "/moderate/digest/stop/{stop}"),
    ("not-found", "/moderate/pages/987654"),
    ("api", "/docs"),
)


def _sign_in(camera: Camera) -> None:
    camera.page.goto(camera.program.command("moderator", "reset", "Anna").strip())
    camera.take("link")
    camera.press("Sign in as Anna")
    camera.go("/moderate/password")
    camera.take("password")
    _set_password(camera)


def _set_password(camera: Camera) -> None:
    camera.page.get_by_label("New password").fill(_PASSWORD)
    camera.press("Set the password")
    camera.page.wait_for_load_state()


def _in_the_queue(camera: Camera) -> None:
    page = camera.page
    camera.go("/moderate?order=score")
    for key, name in (("d", "reject"), ("h", "history"), ("?", "keys")):
        page.keyboard.press("j")
        page.keyboard.press(key)
        if key == "h":
            page.wait_for_selector("#drawer[open]")
        camera.take(name)
        page.keyboard.press("Escape")
    page.keyboard.press("z")
    page.wait_for_url("**/one*")
    camera.take("one")
    page.keyboard.press("f")
    page.wait_for_selector("#undo:visible")
    camera.take("undo")


def _look_again(camera: Camera) -> None:
    camera.go("/moderate/sample")
    camera.page.get_by_role("button", name="Would reject").first.click()
    camera.take("second-opinion")


def _shown_once(camera: Camera) -> None:
    page = camera.page
    camera.go("/moderate/people")
    page.get_by_role("region", name="Invite somebody").get_by_label("Name").fill("Dora")
    camera.press("Create the invitation link")
    camera.take("invitation")
    camera.go("/moderate/account")
    page.get_by_label("What it is for").fill("The night's script")
    page.locator("#token-password").fill(_PASSWORD)
    camera.press("Create a token")
    camera.take("token")
    camera.go("/moderate/account")
    page.locator("#feed-password").fill(_PASSWORD)
    camera.press("Create a feed")
    camera.take("feed")
    camera.go("/moderate/webhooks")
    page.get_by_label("HTTPS address").fill("https://archive.example/comments")
    page.locator("#hook-password").fill(_PASSWORD)
    camera.press("Add and show the secret")
    camera.take("webhook-secret")


def _prove_twice(camera: Camera) -> None:
    """Set a second factor, sign out, sign in with a password up to where the code is asked."""
    page = camera.page
    camera.go("/moderate/account")
    page.locator("#factor-password").fill(_PASSWORD)
    camera.press("Set a second factor")
    camera.take("second-factor")
    authenticator = TOTP(page.locator("code.monospace").inner_text())
    page.get_by_label("Code", exact=True).fill(authenticator.now())
    camera.press("Turn on the second factor")
    camera.take("recovery-codes")
    camera.press("Sign out")
    page.get_by_label("Name").fill("Anna")
    page.get_by_label("Password").fill(_PASSWORD)
    camera.press("Sign in")
    camera.take("code")


def _on_a_phone(camera: Camera) -> None:
    """At night."""
    camera.page.goto(camera.program.command("moderator", "reset", "Bea").strip())
    camera.press("Sign in as Bea")
    camera.go("/moderate/password")
    _set_password(camera)
    camera.go("/moderate")
    camera.page.wait_for_selector(".card")
    camera.take("phone")
    camera.page.locator(".menu summary").click()
    camera.take("phone-menu")
    camera.go("/moderate/scores?attribute=toxicity&low=20&high=60")
    camera.take("phone-scores")


def _take_all(program: Program, browser: Browser, values: Mapping[str, str]) -> None:
    wide = browser.new_context(viewport={"width": 1200, "height": 800}, locale="en-GB")
    camera = Camera(program, wide.new_page())
    camera.go("/moderate")
    camera.take("sign-in")
    program.command("site", "key", "demo")
    _sign_in(camera)
    for name, path in _SCREENS:
        camera.go(path.format(**values))
        camera.take(name)
    publish(camera)
    for screen in (answer, _in_the_queue, _look_again, _shown_once, _prove_twice):
        screen(camera)
    take_article(program, browser)
    narrow = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", locale="en-GB", has_touch=True
    )
    _on_a_phone(Camera(program, narrow.new_page()))


def main() -> None:
    """Take every picture anew; needs Chromium."""
    with (
        tempfile.TemporaryDirectory() as first,
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET.split())
        take_start(browser, Path(first))
        values = fill(Path(folder))
        with running(Path(folder), PARLEY_SECRET_KEY=SECRET.decode(), **MAIL) as program:
            _take_all(program, browser, values)
        browser.close()


if __name__ == "__main__":
    main()
