"""The server's secret is long enough, or nothing starts."""

from pathlib import Path

import pytest

from moderation.config.environment import InvalidSettings
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings


def settings(var: Path) -> Settings:
    return Settings.read({"PARLEY_VAR": str(var)})


def test_secret_is_made_once(tmp_path: Path) -> None:
    secret = server_secret(settings(tmp_path))

    assert len(secret) >= 32
    assert server_secret(settings(tmp_path)) == secret


@pytest.mark.parametrize("content", [b"", b"\n", b"abc", b" " * 64, b"x" * 31])
def test_secret_that_is_cut_short_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(content)

    with pytest.raises(
        InvalidSettings, match=r"secret\.key has less than 32 characters: put it back"
    ):
        server_secret(settings(tmp_path))
