"""The socket that the web server listens at: ours, or the service manager's."""

import os
import socket

from cli.wrong_use import WrongUse
from moderation.config.settings import Settings

BACKLOG = 1_024
_FIRST_INHERITED = 3  # sd_listen_fds(3): the service manager's sockets begin here


def listen(settings: Settings) -> socket.socket:
    """Listen at PARLEY_HOST and PARLEY_PORT, or take the socket that systemd already listens at.

    Raises:
        WrongUse: The port is taken, or the host is none of this machine's.
    """
    if os.environ.get("LISTEN_PID") == str(os.getpid()):
        return socket.socket(fileno=_FIRST_INHERITED)
    try:
        return _bound(settings.host, settings.port)
    except OSError as error:
        sentence = (
            f"port {settings.port} on {settings.host} cannot be had ({error.strerror}): stop"
            f" what uses it, or set PARLEY_PORT={settings.port % 65535 + 1} or PARLEY_HOST"
        )
        raise WrongUse(sentence) from error


def check_port(settings: Settings) -> None:
    """Raise WrongUse where the port is taken, or the host is none of this machine's."""
    listen(settings).close()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    return socket.create_server((host, port), family=family, backlog=BACKLOG, dualstack_ipv6=both)
