"""What loading took for a while is the system's again."""

import ctypes
import subprocess
import sys

import pytest

# Many small pieces with some between them that stay: what is free is within the heap.
PROGRAM = """
import ctypes
from judging.freed_memory import return_freed_memory

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1])

kept = [bytes(10_000) for _ in range(4_000)]
kept = kept[-1:]
before = resident()
return_freed_memory()
print(before - resident())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="glibc alone has it")
def test_freed_pages_are_given_back() -> None:
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, check=True)

    assert int(done.stdout) > 1_000
