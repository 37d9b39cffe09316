"""The memory of this process; imports next to nothing, so that it can be asked before the rest."""

from pathlib import Path

_STATUS = Path("/proc/self/status")


def resident_memory_mb() -> float | None:
    """Return the resident memory in megabytes; None where the system does not tell."""
    if not _STATUS.exists():
        return None
    lines = _STATUS.read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
