"""A time limit that nothing in the process can swallow: the kernel ends it."""

import signal


def kill_after(seconds: float) -> None:
    """Have this process killed in so many seconds, unless this is called again before.

    By SIGALRM with no handler, so that neither an `except`, a loop in C nor a lock that is never
    released can hold it up. Main thread only. A fork does not inherit it.

    Args:
        seconds: From now; 0 takes the limit away.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
