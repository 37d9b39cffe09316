"""`parley work`."""

import click

from cli.opened import opened_database, read_settings
from cli.redis_at import checked_redis_url
from moderation.logs import log_to_stderr
from worker.main import work as score_until_stopped


@click.command(epilog="Example: PARLEY_REDIS_URL=redis://redis:6379/0 parley work")
def work() -> None:
    """Run one worker: it scores pending comments until it is stopped. Run as many as you like."""
    settings = read_settings()
    redis_url = checked_redis_url(settings)
    with opened_database(settings):
        pass
    log_to_stderr()
    score_until_stopped(settings, redis_url)
