"""A service that does not answer costs one request, not each one."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from service.wiring.availability import Availability
from tests.support.program import wait_until


class Service:
    """A service that answers or not, as the test says, and a clock that the test sets."""

    def __init__(self) -> None:
        self.is_back = Event()
        self.now = 0.0
        self.tries = 0
        self.availability = Availability("test", self._answers, lambda: self.now)

    def fail(self) -> None:
        with pytest.raises(ConnectionError), self.availability.call():
            raise ConnectionError

    @contextmanager
    def waiting_call(self) -> Iterator[None]:
        begun, ends = Event(), Event()

        def call() -> None:
            with self.availability.call():
                begun.set()
                ends.wait()

        thread = Thread(target=call)
        thread.start()
        begun.wait()
        try:
            yield
        finally:
            ends.set()
            thread.join()

    def _answers(self) -> bool:
        self.tries += 1
        return self.is_back.is_set()


def test_others_do_without_while_one_call_waits_for_long() -> None:
    service = Service()

    with service.waiting_call():
        at_once = service.availability.is_available()
        service.now = 0.2
        later = service.availability.is_available()

    assert (at_once, later, service.availability.is_available()) == (True, False, True)


def test_after_a_failure_one_thread_finds_out_when_it_is_back() -> None:
    service = Service()

    service.fail()
    service.fail()
    wait_until(lambda: service.tries)
    away = service.availability.is_available()
    service.is_back.set()
    wait_until(service.availability.is_available)

    assert not away
    assert service.tries == 2


@pytest.mark.parametrize("error", [ConnectionError, ValueError])
def test_whatever_a_client_raises_it_is_found_out_when_the_service_is_back(
    error: type[Exception],
) -> None:
    errors = [error("I/O operation on closed file")]

    def answers() -> bool:
        if errors:
            raise errors.pop()
        return True

    availability = Availability("test", answers)
    with pytest.raises(ConnectionError), availability.call():
        raise ConnectionError

    wait_until(availability.is_available)


def test_call_that_succeeds_changes_nothing() -> None:
    service = Service()

    with service.availability.call():
        pass

    assert service.availability.is_available()
    assert service.tries == 0
