"""Metrics for Prometheus: the answers of this web server, and the backlog in the database."""

import os
import time
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPMethod

from flask import Blueprint, Request, Response, g
from flask.typing import ResponseReturnValue
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from moderation.accounts.moderators import ALL_SITES
from moderation.comments import QueueSection, Status
from service.monitoring.audience import check_may_scrape
from service.monitoring.worker_metrics import doorbell_metrics, worker_metrics
from service.problems.handlers import DATABASE_FAULTS
from service.wiring.doorbell_thread import DOORBELL_FAILURES
from service.wiring.parts import Parts, parts

metrics = Blueprint("metrics", __name__)
MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client's own variable
_METHODS = frozenset(HTTPMethod)
_SECONDS = Histogram(
    "parley_http_request_seconds", "Time to answer a request", ["method", "route"], registry=None
)
_ANSWERS = Counter(
    "parley_http_answers", "Requests answered", ["method", "route", "status"], registry=None
)


@metrics.get("/metrics")
def figures() -> ResponseReturnValue:
    check_may_scrape()
    registry = CollectorRegistry()
    registry.register(_Backlog(parts()))
    if MULTIPROCESS in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        for metric in (_SECONDS, _ANSWERS, DOORBELL_FAILURES, DATABASE_FAULTS):
            registry.register(metric)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def begin() -> None:
    """Start to time a request."""
    g.started = time.perf_counter()


def count_answer(asked: Request, response: Response) -> None:
    """Count the answer to a request, and how long it took."""
    route = asked.url_rule.rule if asked.url_rule else "unknown"
    # Both are from lists of ours: each new label is kept until the process ends.
    method = asked.method if asked.method in _METHODS else "other"
    answers, seconds = _counters(method, route, response.status_code)
    answers.inc()
    seconds.observe(time.perf_counter() - g.started)


def count_again(method: str, route: str, status: int) -> None:
    """Count an answer that was given again without the app: it took no time to speak of."""
    answers, seconds = _counters(method, route, status)
    answers.inc()
    seconds.observe(0.0)


@cache  # to look for them took a third of such an answer (measured); there are few
def _counters(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    return _ANSWERS.labels(method, route, status), _SECONDS.labels(method, route)


class _Backlog(Collector):
    """Counts by queries at the moment of the scrape."""

    def __init__(self, of: Parts) -> None:
        self._parts = of

    def collect(self) -> Iterator[Metric]:
        queue = self._parts.waiting_counts.of(ALL_SITES)
        yield _gauges(
            "parley_comments",
            "Comments that wait",
            "status",
            {Status.PENDING: self._parts.backlog.pending(), Status.FLAGGED: queue.total},
        )
        by_section = {str(section): queue.of(section) for section in QueueSection}
        yield _gauges(
            "parley_queue_comments", "Comments that wait for a moderator", "section", by_section
        )
        oldest = self._parts.backlog.oldest_pending()
        now = self._parts.clock()
        age = 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
        yield GaugeMetricFamily("parley_oldest_pending_seconds", "Age of the oldest pending", age)
        yield from worker_metrics(self._parts.workers, now)
        yield from doorbell_metrics(self._parts.doorbell)


def _gauges(name: str, meaning: str, label: str, numbers: Mapping[str, int]) -> Metric:
    gauges = GaugeMetricFamily(name, meaning, labels=[label])
    for value, number in numbers.items():
        gauges.add_metric([value], number)
    return gauges
