"""The socket of Redis: in the folder of this Parley, or in one of ours alone."""

import os
import socket
import tempfile
from pathlib import Path

import pytest
from redis import Redis

from cli.local.private_redis import private_redis, redis_answers
from cli.wrong_use import WrongUse

ODD = ["My Papers", "hash#tag", "what?now", "100% sure", "100%25", 'quo"te', "tab\tbed", "x" * 120]


@pytest.fixture
def place(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new folder with a short path, which is the one for temporary files meanwhile."""
    folder = tempfile.mkdtemp(dir=short_folder)
    monkeypatch.setattr("tempfile.tempdir", folder)
    return Path(folder)


def socket_of(var: Path) -> Path:
    client = Redis.from_url(private_redis(var)[1])
    return Path(client.connection_pool.connection_kwargs["path"])


@pytest.mark.parametrize("name", ODD)
def test_socket_of_an_odd_folder_is_elsewhere(place: Path, name: str) -> None:
    socket = socket_of(place / name)

    assert socket.parent.parent == place
    assert socket.parent.stat().st_mode & 0o777 == 0o700
    assert socket_of(place / name) == socket


@pytest.mark.parametrize("name", ["var", "ünï", "plus+sign", "a=b,c@d~"])
def test_socket_of_a_usual_folder_is_in_it(place: Path, name: str) -> None:
    assert socket_of(place / name) == place / name / "redis.sock"


@pytest.mark.parametrize("kind", ["open to others", "a link", "a file", "another user's"])
def test_folder_that_is_not_ours_alone_is_refused(place: Path, kind: str) -> None:
    folder = socket_of(place / "My Papers").parent
    if kind == "open to others":
        folder.chmod(0o750)
    elif kind == "another user's":
        if os.geteuid() != 0:
            pytest.skip("only root can give a folder away")
        os.chown(folder, 65_534, 65_534)
    else:
        folder.rmdir()
        folder.symlink_to(place) if kind == "a link" else folder.touch(0o600)

    with pytest.raises(WrongUse, match="not a folder of ours alone"):
        private_redis(place / "My Papers")


def test_a_redis_that_answers_is_told_from_a_silent_one_and_from_none(
    redis_url: str, place: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(place / "silent"))
        silent.listen()

        assert redis_answers(Path(redis_url.removeprefix("unix://")))
        assert not redis_answers(place / "silent")
        assert not redis_answers(place / "nothing")
