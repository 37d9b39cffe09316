"""`parley serve`."""

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from cli.opened import opened_database, read_settings
from cli.redis_at import checked_redis_url


@click.command(epilog="Example: PARLEY_REDIS_URL=redis://redis:6379/0 parley serve")
def serve() -> None:
    """Run the web server until it is stopped."""
    settings = read_settings()
    checked_redis_url(settings)
    with opened_database(settings):
        pass
    Granian(
        "service.wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=settings.web_threads,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()
