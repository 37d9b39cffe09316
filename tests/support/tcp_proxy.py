"""A network between two programs that takes what it is given, and may hand nothing on."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class TcpProxy:
    """Passes bytes on to an address, until `swallow` is called."""

    target: str  # the path of a Unix socket
    port: int = 0
    lost_after: bytes | None = None  # the answer to what contains this is swallowed
    lost_from: bytes | None = None  # so is what contains this, and all that comes after it
    _swallowing: set[socket.socket] = field(default_factory=set)
    _sockets: set[socket.socket] = field(default_factory=set)
    _is_closed: bool = False

    def swallow(self) -> None:
        """Take all from the connections there are, and hand nothing on; new ones work."""
        self._swallowing |= self._sockets

    def swallow_new(self) -> None:
        """Do so with the connections to come, too."""
        self._is_closed = True
        self.swallow()

    def listen(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.target)
            self._sockets |= {near, far}
            if self._is_closed:
                self._swallowing |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def close(self) -> None:
        for end in self._sockets:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(65_536):
                if self.lost_from is not None and self.lost_from in chunk:
                    self._swallowing |= {source, sink}
                if self.lost_after is not None and self.lost_after in chunk:
                    self._swallowing.add(sink)
                if source not in self._swallowing:
                    sink.sendall(chunk)
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def proxied(target: str) -> Iterator[TcpProxy]:
    """A proxy on a port of this machine to the Unix socket at the path `target`."""
    proxy = TcpProxy(target)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy.port = listener.getsockname()[1]
        threading.Thread(target=proxy.listen, args=(listener,), daemon=True).start()
        yield proxy
        listener.shutdown(socket.SHUT_RDWR)
    proxy.close()
