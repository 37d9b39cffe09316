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


# Chromium reads the last list alone, so Playwright's own features are in it too. The first two open
# a renderer for suggestions beside each page, which took half of a page's processor time.
_WITHOUT = (
    "WebUIOmniboxAimPopup,WebUIOmniboxPopup"
    ",AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync"
    ",DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay"
    ",MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch"
    ",TcpPortRandomizationWin,ThirdPartyStoragePartitioning"
)

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    f" --disable-background-networking --disable-component-update --disable-features={_WITHOUT}"
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
