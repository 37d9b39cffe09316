"""The queue as the browser tests find and use it."""

import re

from playwright.sync_api import Locator, Page

from tests.support.chromium import OpenPage
from tests.support.filled_program import ORIGIN
from tests.support.program import Program

PAGE = "/a"


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


def ids_twice(page: Page) -> list[str]:
    """The ids that more than one element has: labels and headings would name the wrong one."""
    ids = page.locator("[id]").evaluate_all("all => all.map(element => element.id)")
    return sorted({ident for ident in ids if ids.count(ident) > 1})


def public(program: Program) -> list[str]:
    answer = program.get(f"/v1/comments?site=demo&page={PAGE}", Origin=ORIGIN)
    return re.findall(r'"name": ?"(.*?)"', answer.text)
