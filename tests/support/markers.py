"""Mark tests by what they need, so that `make test-fast` can leave out the expensive ones."""

from collections.abc import Iterator

import pytest

_BY_FOLDER = {"bench": "slow", "browser": "browser", "end_to_end": "slow"}
_BY_FIXTURE = {
    "browser": "browser",
    "postgresql": "postgresql",
    "program": "slow",
    "small_artefact": "training",
}


def markers_of(item: pytest.Item) -> Iterator[str]:
    """The markers of a test: by its folder, its fixtures, and the database it runs on."""
    folders = item.path.relative_to(item.config.rootpath).parts
    for folder, marker in _BY_FOLDER.items():
        if folder in folders:
            yield marker
    for fixture, marker in _BY_FIXTURE.items():
        if fixture in getattr(item, "fixturenames", ()):
            yield marker
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    if parameters.get("database_url") == "postgresql":
        yield "postgresql"
