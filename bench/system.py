"""What the measuring needs of a system, and what every one is asked to hold."""

from collections.abc import Sequence
from typing import Protocol

from bench.memory import Memory

COMMENTS = 3_600  # under the page that is read
LIMIT = 20  # comments of its first page


class System(Protocol):
    """One of those that are compared, running."""

    name: str
    port: int
    accepted: int  # the status of an accepted submission

    def submissions(self, page: str, texts: Sequence[str]) -> list[bytes]:
        """Requests that leave one comment each."""

    def first_page(self, page: str) -> bytes:
        """The request for the first LIMIT comments of a page."""

    def count(self, page: str) -> int:
        """How many comments readers see under the page."""

    def settle(self) -> None:
        """Wait until everything accepted is decided."""

    def storing(self) -> str:
        """How safely an accepted comment is stored, in SQLite's words."""

    def web_memory(self) -> Memory | None:
        """Of what answers requests, where it may be looked at."""
