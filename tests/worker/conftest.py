"""A webhook of an operator, and the courier that serves it."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from moderation.sites import Site
from moderation.storage.deliveries import Deliveries
from moderation.storage.engine import Database
from moderation.storage.outbox import Outbox
from moderation.storage.sent import Sent
from moderation.storage.webhooks import Webhooks
from tests.conftest import FakeClock
from tests.receiver import Receiver, receiving
from worker.connect import Way
from worker.courier import Courier

SECRET = b"a secret of the tests, long enough"
LOCAL = Way([ip_network("127.0.0.0/8")])


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def webhooks(database: Database, clock: FakeClock, site: Site) -> Webhooks:
    return Webhooks(database, clock, SECRET)


@pytest.fixture
def record(database: Database, clock: FakeClock) -> Sent:
    return Sent(database, clock)


@pytest.fixture
def outbox(database: Database, clock: FakeClock) -> Outbox:
    return Outbox(database, clock)


@pytest.fixture
def deliveries(database: Database, clock: FakeClock) -> Deliveries:
    return Deliveries(database, clock, SECRET, chance=lambda: 1.0)


@pytest.fixture
def courier(deliveries: Deliveries, clock: FakeClock) -> Courier:
    return Courier(deliveries, LOCAL, clock)
