"""Mark tests by what they need, so that `make test-fast` can leave out the expensive ones."""

from collections.abc import Iterator

import pytest

# By a folder or a file: they start processes, train, or sign moderators in for each test.
_BY_PATH = {
    "bench": "slow",
    "browser": "browser",
    "end_to_end": "slow",
    "moderators": "slow",
    "test_adapt.py": "training",
    "test_backup_commands.py": "slow",
    "test_doctor.py": "slow",
    "test_interrupted_import.py": "slow",
    "test_jobs.py": "slow",
    "test_main.py": "slow",
    "test_refusals.py": "slow",
    "test_time_limit.py": "slow",
    "test_train.py": "training",
    "test_training_extra.py": "slow",
    "test_wrong_use.py": "slow",
}
_BY_FIXTURE = {
    "browser": "browser",
    "postgresql": "postgresql",
    "program": "slow",
    "small_artefact": "training",
}


def markers_of(item: pytest.Item) -> Iterator[str]:
    """The markers of a test: by its path, its fixtures, and the database it runs on."""
    for part in item.path.relative_to(item.config.rootpath).parts:
        if part in _BY_PATH:
            yield _BY_PATH[part]
    for fixture, marker in _BY_FIXTURE.items():
        if fixture in getattr(item, "fixturenames", ()):
            yield marker
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    if parameters.get("database_url") == "postgresql":
        yield "postgresql"
