"""What a process allocates after its gaps were filled lies on pages of its own."""

import ctypes
import subprocess
import sys

import pytest

PROGRAM = """
import ctypes
from worker.filled_gaps import fill_gaps

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
kept = [libc.malloc(100) for _ in range(20_000)]
for piece in kept[::2]:
    libc.free(piece)
fill_gaps()
_ = [libc.malloc(100) for _ in range(10)]  # glibc keeps the last few for the next who asks
print(sum(libc.malloc(100) < max(kept) for _ in range(1_000)))
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="glibc alone has gaps")
def test_no_gap_is_left_between_what_is_kept() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)

    assert int(done.stdout) == 0
