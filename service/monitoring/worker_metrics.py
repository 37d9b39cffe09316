"""Metrics of the workers and of the rings that wait for them."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from redis.exceptions import RedisError

from moderation.doorbell import Doorbell
from moderation.storage.system.worker_heartbeats import Workers

_COUNTERS = {
    "drained_by_sweep": "Comments decided by a worker's sweep, since RQ did not",
    "killed_jobs": "Processes of a worker killed while they scored",
    "failed_scorings": "Times that the model raised an error for a comment",
}


def worker_metrics(workers: Workers, now: datetime) -> Iterator[Metric]:
    """How many workers are alive, and what each says of itself."""
    alive = workers.alive()
    yield GaugeMetricFamily("parley_workers", "Workers heard of lately", len(alive))
    swept = GaugeMetricFamily("parley_sweep_age_seconds", "Since the last sweep", labels=["worker"])
    for worker in alive:
        if worker.swept_at is not None:
            age = (now - worker.swept_at).total_seconds()
            swept.add_metric([worker.name], max(0.0, age))
    yield swept
    for name, meaning in _COUNTERS.items():
        counter = CounterMetricFamily(f"parley_{name}", meaning, labels=["worker"])
        for worker in alive:
            counter.add_metric([worker.name], getattr(worker, name))
        yield counter
    clocks = GaugeMetricFamily(
        "parley_clock_difference_seconds", "Of a worker to this web server", labels=["worker"]
    )
    for name, difference in workers.clock_differences().items():
        clocks.add_metric([name], difference.total_seconds())
    yield clocks


def doorbell_metrics(doorbell: Doorbell) -> Iterator[Metric]:
    """How many rings wait; nothing where Redis does not say."""
    try:
        queued = doorbell.queued()
    except RedisError:
        return
    yield GaugeMetricFamily("parley_doorbells_queued", "Rings that wait for a worker", queued)
