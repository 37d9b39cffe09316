"""`parley work`."""

import gc
import socket

import click

from cli.context import open_checked_database
from cli.local.preflight import keep_files_private
from cli.wrong_use import check_secret, read_settings
from moderation.clock import utc_now
from moderation.config.logging_setup import log_to_stderr
from moderation.config.settings import Settings
from moderation.storage.system.worker_heartbeats import Workers


@click.command(epilog="Example: PARLEY_REDIS_URL=redis://redis:6379/0 parley work")
@click.option("--check", is_flag=True, help="Say whether a worker of this machine is alive.")
def work(check: bool) -> None:
    """Run one worker: it scores pending comments until it is stopped. Run as many as you like."""
    keep_files_private()
    settings = read_settings()
    if check:
        return _check(settings)
    return _work(settings)


def _work(settings: Settings) -> None:
    gc.disable()  # until the worker has loaded all, of which hardly anything is garbage
    # Here and not above: a check each half minute then costs a third of the time.
    from cli.local.redis_check import checked_redis_url
    from worker.main import work as score_until_stopped

    redis_url = checked_redis_url(settings)
    check_secret(settings)
    with open_checked_database(settings):
        pass
    log_to_stderr()
    score_until_stopped(settings, redis_url)


def _check(settings: Settings) -> None:
    """Exit code 0 when a worker of this machine was heard of lately, else 1."""
    with open_checked_database(settings) as database:
        alive = [worker.name for worker in Workers(database, utc_now).alive()]
    host_prefix = f"{socket.gethostname()}-"
    if not any(name.startswith(host_prefix) for name in alive):
        sentence = "no worker of this machine has been heard of for 15 seconds"
        raise click.ClickException(sentence)
    click.echo("a worker of this machine is alive")
