"""Requests of a page that a test answers later."""

from collections.abc import Callable

from playwright.sync_api import Page, Route


def hold_back(page: Page, pattern: str) -> Callable[[], Route]:
    """The first request to such an address waits for the test; the result gets hold of it."""
    held: list[Route] = []
    page.route(pattern, lambda route: held.append(route), times=1)

    def asked() -> Route:
        while not held:
            page.wait_for_timeout(20)
        return held[0]

    return asked
