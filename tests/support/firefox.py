"""Firefox, by WebDriver: what its pages say in the console is read as they say it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Firefox, FirefoxOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.firefox.service import Service
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

_FIREFOX = ("firefox-esr", "firefox")
_PATIENCE = 60  # seconds


def firefox() -> str | None:
    """Where the system's Firefox is, if it has one, and the driver for it."""
    path = next(filter(None, map(shutil.which, _FIREFOX)), None)
    return path if shutil.which("geckodriver") else None


def _is_shown(element: WebElement) -> bool:
    return bool(element.is_displayed())


@dataclass(frozen=True)
class Window:
    """A window of Firefox and what its pages said in the console."""

    driver: Firefox
    messages: list[str] = field(default_factory=list)

    def one(self, css: str) -> WebElement:
        """The first such element, once it is visible."""
        place = (By.CSS_SELECTOR, css)
        element: WebElement = self.wait(
            lambda: next(filter(_is_shown, self.driver.find_elements(*place)), None)
        )
        return element

    def wait(self, condition: Callable[[], Any]) -> Any:
        """What the condition returns, once that is true."""
        waiting = WebDriverWait(
            self.driver, _PATIENCE, ignored_exceptions=[StaleElementReferenceException]
        )
        return waiting.until(lambda _driver: condition())

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)


@contextmanager
def window(path: str) -> Iterator[Window]:
    """A new Firefox, as a new visitor has it."""
    options = FirefoxOptions()
    options.add_argument("-headless")
    options.binary_location = path
    options.set_capability("webSocketUrl", True)
    driver = Firefox(options=options, service=Service(shutil.which("geckodriver")))
    opened = Window(driver)
    try:
        driver.script.add_console_message_handler(lambda one: opened.messages.append(one.text))
        driver.script.add_javascript_error_handler(lambda one: opened.messages.append(one.text))
        yield opened
    finally:
        driver.quit()
