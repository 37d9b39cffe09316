"""How much memory a program takes, as Linux counts it."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from bench.problem import NotMeasured

_PROC = Path("/proc")
_LINE = re.compile(r"^(Pss|Rss): +([0-9]+) kB$", re.MULTILINE)
_LOOK = 0.5  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a program and all its processes. `pss` counts a shared page only once."""

    pss: float
    rss: float


class Peak:
    """The most memory seen."""

    def __init__(self) -> None:
        self.memory = Memory(0.0, 0.0)

    @contextmanager
    def watch(self, memory: Callable[[], Memory | None]) -> Iterator[None]:
        """Look again and again, from now until the block ends."""
        over = Event()
        thread = Thread(target=self._look, args=(memory, over), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _look(self, memory: Callable[[], Memory | None], over: Event) -> None:
        while (seen := memory()) is not None:
            self.memory = max(self.memory, seen, key=lambda one: one.pss)
            if over.wait(_LOOK):
                return


def check_memory() -> None:
    """Raises NotMeasured where the system does not tell."""
    if not (_PROC / "self" / "smaps_rollup").exists():
        sentence = "memory can be measured on Linux only: there is no /proc/self/smaps_rollup"
        raise NotMeasured(sentence)


def session_memory(leader: int) -> Memory:
    """Of every process of the session this process leads."""
    memories = [_memory(process) for process in _session(leader)]
    return Memory(sum(one.pss for one in memories), sum(one.rss for one in memories))


def _session(leader: int) -> Iterator[int]:
    for folder in _PROC.glob("[0-9]*"):
        process = int(folder.name)
        try:
            if os.getsid(process) == leader:
                yield process
        except OSError:  # it has just ended
            continue


def _memory(process: int) -> Memory:
    try:
        sizes = dict(_LINE.findall((_PROC / str(process) / "smaps_rollup").read_text()))
    except OSError:  # it has just ended
        return Memory(0.0, 0.0)
    return Memory(int(sizes.get("Pss", 0)) * 1.024e-3, int(sizes.get("Rss", 0)) * 1.024e-3)
