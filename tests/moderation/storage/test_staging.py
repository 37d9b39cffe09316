"""The private database of an import says so where it cannot grow."""

import pytest

from moderation.storage.moving.staging import StagingFailed, staging


def fill() -> None:
    with staging() as staged:
        staged.connection.execute("PRAGMA max_page_count = 1")
        rows = [("row 1", str(number), "x" * 1_000) for number in range(100)]
        staged.put({"comments": [], "refused": rows})


def test_a_full_folder_of_temporary_files_is_told() -> None:
    full = r"\(database or disk is full\): SQLITE_TMPDIR names another folder"

    with pytest.raises(StagingFailed, match=full):
        fill()
