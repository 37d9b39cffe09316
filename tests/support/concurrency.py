"""Do several things at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def together(*actions: Callable[[], object]) -> list[object]:
    """What each returned or raised, in order; all start when the last is ready."""
    ready = threading.Barrier(len(actions))

    def act(action: Callable[[], object]) -> object:
        ready.wait()
        try:
            return action()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(act, actions))
