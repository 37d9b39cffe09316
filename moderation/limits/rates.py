"""How often something may be done: a rate such as `30 per minute`."""

import re

_RATE = re.compile(
    r"[1-9][0-9]{0,8} ?(per|/) ?([1-9][0-9]{0,5} ?)?(second|minute|hour|day)s?", re.IGNORECASE
)


def is_rate(value: str) -> bool:
    """Whether it is a number of times, and a time: 5 per second, 100/hour, 20 per 10 minutes."""
    return _RATE.fullmatch(value) is not None
