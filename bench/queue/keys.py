"""A moderator at the keyboard of a real browser: how soon the next card is there."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Error, Page, sync_playwright

from bench.problem import NotMeasured

_CARDS = 60
_READS = 0.25  # seconds before a key
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
# Milliseconds from the key until another card has the focus and the frame with it is drawn.
_WATCH = """() => {
  const chosen = () => document.activeElement?.closest(".card")?.dataset.id;
  window.next = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("no next card came in 30 s")), 30_000);
    const before = chosen();
    let pressed;
    const key = (event) => (pressed ??= event.timeStamp);
    const focus = () => {
      if (!chosen() || chosen() === before) return;
      document.removeEventListener("keydown", key, true);
      document.removeEventListener("focusin", focus, true);
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
    };
    document.addEventListener("keydown", key, true);
    document.addEventListener("focusin", focus, true);
  });
}"""


@contextmanager
def signed_in(link: str) -> Iterator[Page]:
    """The queue in Chromium. Raises NotMeasured where there is no Chromium."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        sentence = "there is no Chromium on PATH"
        raise NotMeasured(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        page = browser.new_page()
        page.goto(link)
        page.get_by_role("button", name="Sign in as").click()
        page.wait_for_selector("#show-keys")  # shown by the script, once it listens to keys
        page.keyboard.press("j")
        try:
            yield page
        except Error as error:
            sentence = f"the browser: {error.message.splitlines()[0]}"
            raise NotMeasured(sentence) from error
        finally:
            browser.close()


def next_cards(page: Page) -> list[float]:
    """Milliseconds until the next card, each time one is approved."""
    return [_next(page) for _ in range(_CARDS)]


def one_at_a_time(page: Page) -> list[float]:
    """As `next_cards`, on the page where each is held for whoever looks at it."""
    page.keyboard.press("z")
    page.wait_for_selector("#one .card:focus")
    return next_cards(page)


def cards_a_minute(page: Page) -> float:
    """Every third rejected as spam; from the first look at the first to the last decision."""
    began = time.monotonic()
    for number in range(_CARDS):
        _next(page, "d1" if number % 3 == 0 else "f")
    return _CARDS / (time.monotonic() - began) * 60


def _next(page: Page, keys: str = "f") -> float:
    time.sleep(_READS)
    page.wait_for_selector(".card:focus:not([aria-busy=true])")  # else there is none to decide
    for key in keys[:-1]:
        page.keyboard.press(key)
    page.evaluate(_WATCH)
    page.keyboard.press(keys[-1])
    return float(page.evaluate("() => window.next"))
