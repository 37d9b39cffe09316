"""How a training that takes minutes reports its progress."""

from collections.abc import Callable

ProgressCallback = Callable[[str], None]  # called with the name of each step as it begins
