"""The queue as the browser tests find and use it."""

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page

from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.engine import open_database
from moderation.storage.migrate import migrate
from moderation.storage.moderators import Moderators
from moderation.storage.sites import Sites
from tests.browser.conftest import OpenPage
from tests.flagged import add_scored
from tests.program import Program

PAGE = "/a"
ORIGIN = "https://paper.example"


def waiting_in(var: Path, *comments: Mapping[str, str]) -> None:
    """Flag these comments in the database that a Parley will start with."""
    database = open_database(f"sqlite:///{var / 'parley.db'}")
    migrate(database)
    Sites(database, utc_now).add(Site(0, "demo", "Demo", (ORIGIN,)))
    for fields in comments:
        add_scored(database, utc_now, **fields)
    for name in ("Anna", "Bea"):
        Moderators(database, utc_now).add(name)
    database.close()


def sign_in(program: Program, open_page: OpenPage, name: str = "Anna", **how: object) -> Page:
    page = open_page(program.command("moderator", "reset", name).strip(), **how)
    page.get_by_role("button", name=f"Sign in as {name}").click()
    page.wait_for_url(program.url + "/moderate")
    return page


def reject(card: Locator, why: str) -> None:
    card.locator("summary", has_text="Reject").click()
    card.get_by_role("button", name=why).click()


def names(page: Page) -> list[str]:
    return page.locator(".card h2").all_inner_texts()


def public(program: Program) -> list[str]:
    answer = program.get(f"/v1/comments?site=demo&page={PAGE}", Origin=ORIGIN)
    return re.findall(r'"name": ?"(.*?)"', answer.text)
