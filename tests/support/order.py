"""The order of files for many processes: what takes longest must not begin last."""

from collections import Counter
from collections.abc import Callable

import pytest

# Their few tests start programs, browsers and trainings, and wait for them.
_FIRST = ("end_to_end", "browser", "cli", "worker", "training")

_Key = tuple[int, int, str]


def longest_first(items: list[pytest.Item]) -> Callable[[pytest.Item], _Key]:
    """A key to sort by that keeps each file's tests together, in their order."""
    tests = Counter(item.path for item in items)

    def key(item: pytest.Item) -> _Key:
        rooms = item.path.relative_to(item.config.rootpath).parts
        place = next((place for place, room in enumerate(_FIRST) if room in rooms), len(_FIRST))
        return place, -tests[item.path], str(item.path)

    return key
