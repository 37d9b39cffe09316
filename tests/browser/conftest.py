"""A real browser to look at the real program with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from tests.support.chromium import QUIET, OpenPage, _watch, chromium
from tests.support.filled_program import READERS, waiting_in
from tests.support.migrated_file import write_migrated
from tests.support.program import DEMO_PAGE, Program, running
from tests.support.snapshot import Snapshot

expect.set_options(timeout=60_000)  # a busy machine may be slow; its own limit is five seconds


@pytest.fixture
def fresh_program(tmp_path: Path) -> Iterator[Program]:
    """A Parley where nobody has commented yet; a reader may send two comments an hour."""
    write_migrated(tmp_path / "parley.db")
    with running(tmp_path, PARLEY_SUBMIT_LIMIT="2 per hour") as program:
        yield program


@pytest.fixture(scope="module")
def _snapshot_of_four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    var = tmp_path_factory.mktemp("var")
    waiting_in(var, *READERS)
    with running(var) as program:
        yield Snapshot(program)


@pytest.fixture
def four_waiting(_snapshot_of_four: Snapshot) -> Program:
    """A Parley where four readers' comments wait, whatever was decided in an earlier test."""
    return _snapshot_of_four.restored()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: `apt-get install chromium` brings one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address as a new visitor; no script error, dialog or blocked script may occur."""
    contexts: list[BrowserContext] = []
    alarms: list[str] = []

    def open_page(
        url: str,
        *,
        javascript: bool = True,
        size: tuple[int, int] = (1280, 900),
        scheme: Literal["light", "dark"] = "light",
        touch: bool = False,
    ) -> Page:
        context = browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            has_touch=touch,
            is_mobile=touch,
            locale="en-GB",
            timezone_id="UTC",
        )
        contexts.append(context)
        page = context.new_page()
        _watch(page, alarms)
        page.goto(url)
        # Until the script has built its form, the article has the plain one.
        if javascript and urlsplit(url).path == DEMO_PAGE:
            expect(page.locator("#parley.parley-built")).to_be_visible()
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # of requests on their way when a test ends
        context.close()
    assert alarms == []
