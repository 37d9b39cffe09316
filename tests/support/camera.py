"""One window onto a running Parley, and the pictures taken of it."""

from pathlib import Path

from playwright.sync_api import Page

from tests.support.program import Program

_DOCS = Path(__file__).parents[2] / "docs"


class Camera:
    """One window, and what it sees."""

    def __init__(self, program: Program, page: Page) -> None:
        self.program = program
        self.page = page

    def go(self, path: str) -> None:
        answer = self.page.goto(self.program.url + path)
        assert answer, path
        assert answer.status in {200, 404}, f"{path} answered {answer.status}"

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button).click()

    def take(self, name: str) -> None:
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=_DOCS / f"{name}.png")
