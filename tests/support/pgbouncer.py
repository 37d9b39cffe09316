"""A real PgBouncer before the tests' PostgreSQL."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.support.program import free_port, wait_until

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_INI = """
[databases]
* = host={host} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
server_lifetime = 3600
{further}
"""


@contextmanager
def pooled(url: str, folder: Path, mode: str, *further: str) -> Iterator[str]:
    """The URL of the database through a PgBouncer with this `pool_mode` and further settings."""
    assert PROGRAM
    port = free_port()
    lines = "\n".join(further)
    host = make_url(url).query["host"]
    file = folder / f"{port}.ini"
    file.write_text(_INI.format(host=host, port=port, mode=mode, further=lines))
    # It refuses to run as root; the socket's folder is open to its owner alone.
    command = (PROGRAM, "-q", "-u", Path(str(host)).owner(), str(file))
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
        try:
            wait_until(lambda: _listens(port))
            address = make_url(url).set(host="127.0.0.1", port=port, query={}, username="postgres")
            yield address.render_as_string(hide_password=False)
        finally:
            child.terminate()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False
