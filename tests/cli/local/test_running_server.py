"""Commands print the address of the server that runs, not that of their own shell."""

from pathlib import Path

import pytest

from cli.local.running_server import address_written, public_url_of
from moderation.config.settings import Settings


def settings(var: Path, port: int) -> Settings:
    return Settings.read({"PARLEY_VAR": str(var), "PARLEY_PORT": str(port)})


def test_a_command_of_another_shell_prints_the_running_servers_address(tmp_path: Path) -> None:
    with address_written(settings(tmp_path, 8110)):
        assert public_url_of(settings(tmp_path, 8000)) == "http://127.0.0.1:8110"


def test_the_newer_of_two_servers_counts_while_either_runs(tmp_path: Path) -> None:
    with address_written(settings(tmp_path, 8110)):
        with address_written(settings(tmp_path, 81)):
            assert public_url_of(settings(tmp_path, 8000)) == "http://127.0.0.1:81"
        assert public_url_of(settings(tmp_path, 8000)) == "http://127.0.0.1:81"


def test_an_address_that_is_left_from_a_stopped_server_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with address_written(settings(tmp_path, 8110)):
        pass

    assert public_url_of(settings(tmp_path, 8000)) == "http://127.0.0.1:8000"
    assert "the last one was at http://127.0.0.1:8110" in capsys.readouterr().err
    assert public_url_of(settings(tmp_path, 8110)) == "http://127.0.0.1:8110"
    assert capsys.readouterr().err == ""


def test_without_a_server_or_a_folder_the_settings_count(tmp_path: Path) -> None:
    nowhere = settings(tmp_path / "no" / "folder", 8000)

    with address_written(nowhere):
        assert public_url_of(nowhere) == "http://127.0.0.1:8000"
