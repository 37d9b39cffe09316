"""Counts that a fork shares."""

from tests.support.program import wait_until
from worker.forked_child import ForkedChild
from worker.shared_counts import Count, SharedCounts


def test_what_a_child_counts_is_there_when_it_has_ended() -> None:
    counts = SharedCounts()
    counts.add(Count.KILLED_JOBS)
    child = ForkedChild("test", lambda: counts.add(Count.DRAINED_BY_SWEEP, 64), 1.0)

    child.start()
    wait_until(lambda: not child.is_running())

    assert {count.name: counts[count] for count in Count if counts[count]} == {
        "KILLED_JOBS": 1,
        "DRAINED_BY_SWEEP": 64,
    }
