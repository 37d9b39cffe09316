"""Find the system's Chromium and watch its pages."""

import shutil
from collections.abc import Callable

from playwright.sync_api import (
    ConsoleMessage,
    Dialog,
    Page,
)

OpenPage = Callable[..., Page]


_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update"
)


def chromium() -> str | None:
    """Where the system's Chromium is, if it has one."""
    return next(filter(None, map(shutil.which, _CHROMIUM)), None)


def _watch(page: Page, alarms: list[str]) -> None:
    def note_dialog(dialog: Dialog) -> None:
        alarms.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note_blocked(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            alarms.append(message.text)

    page.on("dialog", note_dialog)
    page.on("console", note_blocked)
    page.on("pageerror", lambda error: alarms.append(f"script error: {error}"))
