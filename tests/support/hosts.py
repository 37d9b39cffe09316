"""Several hosts on this machine: each is a network namespace, joined to a switch by a cable.

Namespaces without a name, held by open files alone: whatever ends the tests ends them too.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NETWORK = 0x40000000  # CLONE_NEWNET
_PREFIX = "10.77.0"  # seen by nobody outside of the namespaces
NETWORK = f"{_PREFIX}.0/24"


@dataclass(frozen=True)
class Host:
    name: str
    address: str
    namespace: int  # an open file
    switch: int

    def start(
        self,
        command: Sequence[str],
        log: Path,
        environment: Mapping[str, str],
        user: str | None = None,
    ) -> subprocess.Popen[bytes]:
        """A process that has the host's network, and its name."""
        named = ("unshare", "--uts", "sh", "-c", 'hostname "$0"; exec "$@"', self.name)
        as_user = ("setpriv", "--reuid", user, "--regid", user, "--clear-groups") if user else ()
        words = (*named, *as_user, *command)
        with inside(self.namespace), log.open("ab") as output:
            return subprocess.Popen(words, env=environment, stdout=output, stderr=output)

    def cut_off(self) -> None:
        """Take its cable out: nothing arrives any more, and nobody is told."""
        self._set("down")

    def heal(self) -> None:
        self._set("up")

    def _set(self, state: str) -> None:
        with inside(self.switch):
            _ip("link", "set", "dev", self.name, state)


@contextmanager
def network(*names: str) -> Iterator[dict[str, Host]]:
    """Hosts of these names, which reach each other and nothing else."""
    with ExitStack() as stack:
        switch = stack.enter_context(_namespace())
        with inside(switch):
            _ip("link", "add", "switch", "type", "bridge")
            _ip("link", "set", "dev", "switch", "up")
        yield {
            name: _joined(stack, name, f"{_PREFIX}.{number}", switch)
            for number, name in enumerate(names, 1)
        }


@contextmanager
def inside(namespace: int) -> Iterator[None]:
    """What this thread opens and starts meanwhile is on the host of the namespace."""
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _call("setns", namespace, _NETWORK)
        try:
            yield
        finally:
            _call("setns", before, _NETWORK)
    finally:
        os.close(before)


@cache
def lacking() -> str | None:
    """Why there can be no hosts on this machine; None where there can."""
    if sys.platform != "linux" or not all(map(shutil.which, ("ip", "unshare", "setpriv"))):
        return "no network namespaces, or no ip, unshare and setpriv"
    try:
        with network("trial") as hosts:
            hosts["trial"].cut_off()
    except (OSError, subprocess.CalledProcessError) as error:
        return f"network namespaces cannot be made by this user: {error}"
    return None


def _joined(stack: ExitStack, name: str, address: str, switch: int) -> Host:
    namespace = stack.enter_context(_namespace())
    with inside(namespace):
        far_end = ("peer", "name", name, "netns", f"/proc/{os.getpid()}/fd/{switch}")
        _ip("link", "add", "eth0", "type", "veth", *far_end)
        _ip("address", "add", f"{address}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            _ip("link", "set", "dev", device, "up")
    with inside(switch):
        _ip("link", "set", "dev", name, "master", "switch", "up")
    return Host(name, address, namespace, switch)


@contextmanager
def _namespace() -> Iterator[int]:
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _call("unshare", _NETWORK)
        namespace = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        _call("setns", before, _NETWORK)
    finally:
        os.close(before)
    try:
        yield namespace
    finally:
        os.close(namespace)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _call(name: str, *arguments: int) -> None:
    """A function of the system's library, which Python 3.11 has no name for."""
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
