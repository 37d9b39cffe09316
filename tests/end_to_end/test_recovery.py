"""What hangs, dies or is damaged, and what a Parley makes of it by itself."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from redis import Redis

from cli.local.private_redis import private_redis
from moderation.clock import utc_now
from moderation.storage.database.engine import open_database
from moderation.storage.migrate import migrate
from moderation.storage.system.worker_heartbeats import Workers
from tests.support.operator import CIVIL, Parley
from tests.support.program import wait_until
from worker.child_process import ChildProcess


@pytest.fixture
def parley(tmp_path: Path) -> Iterator[Parley]:
    parley = Parley(tmp_path / "var")
    yield parley
    parley.kill_all()


@pytest.fixture
def redis(short_folder: Path) -> Iterator[ChildProcess]:
    """A Redis that the test may do anything to; its URL is in its environment."""
    folder = short_folder / "mine"
    folder.mkdir(exist_ok=True)
    child, url = private_redis(folder)
    child.environment = {"URL": url}
    child.start()
    wait_until((folder / "redis.sock").exists)
    yield child
    child.kill()


@pytest.fixture
def worker(parley: Parley, redis: ChildProcess) -> subprocess.Popen[bytes]:
    """`parley work`, which has reported."""
    Path(parley.var).mkdir()
    url = f"sqlite:///{parley.var}/parley.db"
    database = open_database(url)
    migrate(database)
    environment = parley.environment | {"PARLEY_REDIS_URL": (redis.environment or {})["URL"]}
    parley.process = subprocess.Popen([sys.executable, "-m", "cli", "work"], env=environment)
    wait_until(lambda: Workers(database, utc_now).alive())
    database.close()
    return parley.process


@pytest.mark.parametrize("fault", ["well", "killed", "halted", "locked"])
def test_a_worker_stops_when_asked_whatever_redis_does(
    worker: subprocess.Popen[bytes], redis: ChildProcess, parley: Parley, fault: str
) -> None:
    if fault == "killed":
        redis.kill()
    elif fault == "halted" and redis.process:
        redis.process.send_signal(signal.SIGSTOP)
    elif fault == "locked":
        with Redis.from_url((redis.environment or {})["URL"]) as client:
            client.config_set("requirepass", "changed")
            client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")

    worker.terminate()

    assert worker.wait(60) == 0
    wait_until(lambda: not parley.processes())


@pytest.mark.parametrize("role", ["sweep", "jobs"])
def test_a_part_of_the_worker_that_is_killed_is_started_again(
    worker: subprocess.Popen[bytes], role: str
) -> None:
    parts = sorted(psutil.Process(worker.pid).children(), key=lambda part: part.pid)
    victim = parts[0 if role == "jobs" else 1]

    victim.kill()
    wait_until(lambda: len(psutil.Process(worker.pid).children()) == 2)

    wait_until(lambda: not victim.is_running() or victim.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_killed_parley_leaves_no_process_behind(parley: Parley) -> None:
    parley.start()
    family = psutil.Process(parley.process.pid).children(recursive=True)

    parley.process.kill()
    parley.process.wait()

    assert len(family) >= 6
    wait_until(lambda: not parley.processes())


@pytest.mark.parametrize("damage", ["zeros", "folder", "dangling", "unreadable"])
def test_files_of_redis_are_set_aside_whatever_is_in_them(parley: Parley, damage: str) -> None:
    file = Path(parley.var, "appendonly.aof")
    file.parent.mkdir()
    if damage == "folder":
        (file / "inside").mkdir(parents=True)
    elif damage == "dangling":
        file.symlink_to("nowhere")
    else:
        file.write_bytes(bytes(5_000))
        file.chmod(0o600 if damage == "zeros" else 0)

    parley.start()

    assert "redis_file_set_aside" in parley.log.read_text()
    assert "Not ready" not in parley.log.read_text()


def test_a_redis_that_cannot_start_is_shown_and_comments_are_decided_without_it(
    parley: Parley,
) -> None:
    Path(parley.var, "redis.sock", "inside").mkdir(parents=True)

    parley.start()

    assert "bind: Address already in use" in parley.log.read_text()
    assert parley.decided(parley.submit(CIVIL)) == "approved"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_log_on_a_full_disk_stops_nothing(parley: Parley) -> None:
    command = (sys.executable, "-m", "cli", "up")
    with Path("/dev/full").open("w") as log:
        parley.process = subprocess.Popen(command, env=parley.environment, stdout=log, stderr=log)
    wait_until(lambda: can_submit(parley))

    former = next(child for child in family(parley) if is_redis(child))
    former.kill()  # which is logged

    wait_until(lambda: has_other_redis(parley, former))
    assert can_submit(parley)


def family(parley: Parley) -> list[psutil.Process]:
    return psutil.Process(parley.process.pid).children()


def has_other_redis(parley: Parley, former: psutil.Process) -> bool:
    return any(is_redis(child) and child != former for child in family(parley))


def is_redis(process: psutil.Process) -> bool:
    return process.name() == "redis-server"


def can_submit(parley: Parley) -> bool:
    with suppress(OSError):
        return bool(parley.submit(CIVIL)["status"] == "pending")
    return False
