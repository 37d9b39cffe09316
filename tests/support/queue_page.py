"""The queue as the browser tests find and use it."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

from moderation.accounts.moderators import sign_in_link
from moderation.clock import utc_now
from moderation.storage.accounts.moderators import Moderators
from tests.support.chromium import OpenPage
from tests.support.filled_program import ORIGIN, database_in
from tests.support.program import Program

PAGE = "/a"


def sign_in(program: Program, open_page: OpenPage, name: str = "Anna", **how: object) -> Page:
    page = open_page(new_link(program, name), **how)
    page.get_by_role("button", name=f"Sign in as {name}").click()
    page.wait_for_url(program.url + "/moderate")
    return page


def new_link(program: Program, name: str = "Anna") -> str:
    """As `parley moderator reset` prints it, whose process took as long as the page."""
    database = database_in(Path(program.environment["PARLEY_VAR"]))
    token = Moderators(database, utc_now).reset(name)
    database.close()
    return sign_in_link(program.url, token)


def reject(card: Locator, why: str) -> None:
    card.locator("summary", has_text="Reject").click()
    card.get_by_role("button", name=why).click()


def names(page: Page) -> list[str]:
    return page.locator(".card h2").all_inner_texts()


def ids_twice(page: Page) -> list[str]:
    """The ids that more than one element has: labels and headings would name the wrong one."""
    # Asked for in one piece: between a locator's two steps the page may change.
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((one) => one.id)")
    return sorted({ident for ident in ids if ids.count(ident) > 1})


def public(program: Program) -> list[str]:
    answer = program.get(f"/v1/comments?site=demo&page={PAGE}", Origin=ORIGIN)
    return re.findall(r'"name": ?"(.*?)"', answer.text)
