"""Requests are answered in threads, and their results come back to the event loop."""

import asyncio
import threading

import pytest

from service.gateway.request_threads import RequestThreads
from tests.support.event_loop import run_async


class Fault(RuntimeError):
    pass


def fail() -> None:
    raise Fault


def test_results_and_errors_come_back() -> None:
    async def both() -> int:
        threads = RequestThreads(2)
        with pytest.raises(Fault):
            await threads.run(fail)
        return await threads.run(lambda: 7)

    assert run_async(both()) == 7


def test_so_many_at_once_and_no_more() -> None:
    together, names = threading.Barrier(3), set()

    def meet() -> None:
        together.wait(timeout=60)  # breaks where fewer than three run at once
        names.add(threading.get_ident())

    async def nine() -> None:
        threads = RequestThreads(3)
        await asyncio.gather(*(threads.run(meet) for _ in range(9)))

    run_async(nine())

    assert len(names) == 3


def test_one_thread_is_enough_for_one_after_the_other() -> None:
    async def three() -> set[int]:
        threads = RequestThreads(1)
        return {await threads.run(threading.get_ident) for _ in range(3)}

    assert len(run_async(three())) == 1


def test_who_waits_no_longer_stops_no_thread() -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        goes_on.wait(60)

    async def leave() -> int:
        threads = RequestThreads(1)
        left = asyncio.create_task(threads.run(wait))
        await asyncio.to_thread(begun.wait, 60)
        left.cancel()
        goes_on.set()
        return await threads.run(lambda: 7)

    assert run_async(leave()) == 7
