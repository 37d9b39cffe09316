"""Memory that is free in this process, and could be the system's."""

import ctypes


def return_freed_memory() -> None:
    """Give the system back what was needed for a moment; glibc keeps it, others have no such call.

    After the model and its languages are loaded that is 3 of 20 MB (measured).
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
