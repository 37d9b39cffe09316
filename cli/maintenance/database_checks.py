"""Checks of the database, and of what all processes note in it."""

from collections.abc import Iterator
from datetime import timedelta

from cli.local.private_redis import socket_path
from cli.maintenance.check_result import CheckResult, ok, problem, warning
from moderation.clock import utc_now
from moderation.config.settings import Settings
from moderation.doorbell import Doorbell
from moderation.proxies import proxy_warning
from moderation.redis_clients import web_redis
from moderation.storage.backups.backup import last_backup, sqlite_path
from moderation.storage.backups.backup_file import BackupRefused
from moderation.storage.backups.sqlite_backup import check_sqlite
from moderation.storage.comments.write_trial import WriteTrial
from moderation.storage.database.engine import Database, DatabaseUnavailable, open_database
from moderation.storage.database.postgresql import has_unlimited_reads
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.revisions import newest_revision
from moderation.storage.schema_version import revision_problem
from moderation.storage.system.server_clock import server_clock
from moderation.storage.system.unnamed_proxies import UnnamedProxies
from moderation.storage.system.worker_heartbeats import Workers
from service.monitoring.readiness import CHECKS, Checked

_BACKUP_AGE = timedelta(days=2)
_CLOCK_SECONDS = 2.0
_RESTORE = "stop Parley and bring a backup back with `parley restore FILE`"


def check_database(settings: Settings) -> Iterator[tuple[str, CheckResult]]:
    """Each check by its name; without a usable database only the first."""
    database = open_database(settings.database_url, pool_size=1)
    try:
        result = _usable(database, settings)
        yield "database", result
        if result.severity == "ok":
            yield from _noted(database, settings)
    except DatabaseUnavailable as away:
        yield "database", problem(f"{away}: {_RESTORE} if it is damaged")
    finally:
        database.close()


def _usable(database: Database, settings: Settings) -> CheckResult:
    path = sqlite_path(settings.database_url)
    if path is not None and not path.exists():
        return problem(f"{path} is not there: `parley migrate` makes it, or restore a backup")
    with database.read() as connection:
        fault = revision_problem(connection)
    if fault is not None:
        return problem(fault)
    if fault := WriteTrial(database, utc_now).problem():
        return problem(fault)
    if path is None:
        return ok(f"takes writes, revision {newest_revision()}")
    try:
        check_sqlite(path)
    except BackupRefused as damaged:
        return problem(f"{damaged}: {_RESTORE}")
    return ok(f"takes writes, is whole, has a write-ahead log, revision {newest_revision()}")


def _noted(database: Database, settings: Settings) -> Iterator[tuple[str, CheckResult]]:
    redis_url = settings.redis_url or f"unix://{socket_path(settings.var)}"
    doorbell = Doorbell(web_redis(redis_url))
    checked = Checked(
        WriteTrial(database, utc_now),
        doorbell,
        Workers(database, utc_now),
        Backlog(database, utc_now),
        utc_now,
    )
    for name, check in CHECKS.items():
        fault = check(checked)
        yield name, problem(fault) if fault else ok("is well")
    yield "database clock", _clock(database)
    yield "pooler", _pooler(database)
    yield "proxy", _proxy(database, settings)
    yield "backup", _backup(database)


def _clock(database: Database) -> CheckResult:
    theirs = server_clock(database)
    if theirs is None:
        return ok("SQLite uses this machine's")
    seconds = (utc_now() - theirs).total_seconds()
    if abs(seconds) > _CLOCK_SECONDS:
        which = "ahead of" if seconds > 0 else "behind"
        return problem(
            f"this machine's is {abs(seconds):.0f} seconds {which} PostgreSQL's: let NTP set both"
        )
    return ok("this machine's and PostgreSQL's agree")


def _pooler(database: Database) -> CheckResult:
    with database.read() as connection:
        if not has_unlimited_reads(connection):
            return ok("none that keeps PostgreSQL from ending long reads")
    return warning(
        "PgBouncer, or another pooler, keeps Parley from limiting reads in PostgreSQL:"
        " `ALTER ROLE parley SET statement_timeout = '5s'`, for the role that it signs in with,"
        " and restart it"
    )


def _proxy(database: Database, settings: Settings) -> CheckResult:
    places = UnnamedProxies(database, utc_now).recent()
    sentence = proxy_warning(places, settings.trusted_proxies)
    return warning(sentence) if sentence else ok("none forwards requests unnamed")


def _backup(database: Database) -> CheckResult:
    last = last_backup(database)
    if last is None:
        return warning("none was made: `parley backup --keep 7 FILE` each night")
    age = utc_now() - last
    sentence = f"the last was made {last:%Y-%m-%d %H:%M} UTC"
    if age > _BACKUP_AGE:
        return warning(f"{sentence}: `parley backup --keep 7 FILE` each night")
    return ok(sentence)
