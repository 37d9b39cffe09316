"""Hosts are read as a real browser reads them."""

import pytest
from playwright.sync_api import Browser

from moderation.pages.origins import origin_of
from tests.support.spellings import HOSTS

_ORIGIN = """spelled => {
  try { return new URL(`http://${spelled}/`).origin; } catch { return null; }
}"""


@pytest.fixture(scope="module")
def origins(browser: Browser) -> dict[str, str | None]:
    """What Chromium makes of each spelling."""
    page = browser.new_page()
    return {spelled: page.evaluate(_ORIGIN, spelled) for spelled in HOSTS}


@pytest.mark.parametrize("spelled", HOSTS)
def test_origin_is_chromiums(spelled: str, origins: dict[str, str | None]) -> None:
    assert origin_of(f"http://{spelled}/") == origins[spelled]
