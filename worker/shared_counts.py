"""Numbers that the processes of one worker count together."""

import mmap
import struct
from enum import IntEnum

_FORMAT = struct.Struct("q")


class Count(IntEnum):
    """What is counted. Each is written by one process at a time, since none takes a lock here."""

    FAILED_IN_JOBS = 0
    FAILED_IN_SWEEP = 1
    DRAINED_BY_SWEEP = 2
    KILLED_JOBS = 3
    KILLED_DRAINS = 4
    STOPS_ASKED = 5  # of the process that forks jobs, since it began
    CLAIMED_IN_JOBS = 6


class SharedCounts:
    """Counts in memory that a fork shares: no lock, which a killed process would keep."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, len(Count) * _FORMAT.size)

    def add(self, count: Count, number: int = 1) -> None:
        """Count so many more."""
        _FORMAT.pack_into(self._memory, count * _FORMAT.size, self[count] + number)

    def __getitem__(self, count: Count) -> int:
        return int(_FORMAT.unpack_from(self._memory, count * _FORMAT.size)[0])
