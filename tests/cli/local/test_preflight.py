"""What one Parley needs for itself is there, or one sentence says what is not."""

from pathlib import Path

import pytest

from cli.local.preflight import lock_var
from cli.wrong_use import WrongUse
from moderation.config.settings import Settings


def test_lock_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "parley.lock").mkdir()

    refused = pytest.raises(WrongUse, match=r"Is a directory.*remove what is there")
    with refused, lock_var(Settings.read({"PARLEY_VAR": str(tmp_path)})):
        pass
