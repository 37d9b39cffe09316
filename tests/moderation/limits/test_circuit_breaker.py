"""When a service that failed is called again."""

from moderation.limits.circuit_breaker import CircuitBreaker


def test_a_service_that_failed_is_left_alone_for_its_rest_and_no_longer() -> None:
    now = [100.0]
    breaker = CircuitBreaker(5.0, lambda: now[0])

    states = [breaker.is_open()]
    breaker.trip()
    for seconds in (0, 4.9, 5.0):
        now[0] = 100.0 + seconds
        states.append(breaker.is_open())

    assert states == [False, True, True, False]


def test_each_failure_begins_a_new_rest() -> None:
    now = [0.0]
    breaker = CircuitBreaker(5.0, lambda: now[0])

    breaker.trip()
    now[0] = 4.0
    breaker.trip()
    now[0] = 8.9

    assert breaker.is_open()
