"""`parley serve`."""

import click

from cli.local.listening_socket import listen
from cli.local.preflight import keep_files_private
from cli.local.rolling_restart import RollingServer
from cli.local.running_server import address_written
from cli.wrong_use import read_settings
from moderation.config.logging_setup import log_to_stderr


@click.command(epilog="Example: PARLEY_REDIS_URL=redis://redis:6379/0 parley serve")
def serve() -> None:
    """Run the web server until it is stopped.

    SIGHUP starts it anew, with the code that is installed by then: the new one takes over the
    socket, then the old one answers what it has and ends. No connection is refused.
    """
    keep_files_private()
    settings = read_settings()
    log_to_stderr()
    with listen(settings) as listener, address_written(settings):
        raise SystemExit(RollingServer(listener).run())
