"""The connections of a test: one left to Python's collector is an error in any other test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import Engine, QueuePool

from moderation.storage.database import engine
from tests.support.compiled_sql import create_engine

_ENGINES: list[Engine] = []
_CLIENTS: list[Redis] = []


@contextmanager
def connections_recorded() -> Iterator[None]:
    """Every engine of Parley, and every client of Redis, is known to `connections_closed`."""
    from_url = Redis.from_url

    def recorded_engine(url: str, **options: Any) -> Engine:
        if "pool_timeout" in options:
            options["pool_timeout"] = 60  # 100 threads on a busy machine, which no test may notice
        _ENGINES.append(create_engine(url, **options))
        return _ENGINES[-1]

    def recorded_client(url: str, **options: Any) -> Redis:
        _CLIENTS.append(from_url(url, **options))
        return _CLIENTS[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", recorded_engine)
        patch.setattr(Redis, "from_url", recorded_client)
        yield


@contextmanager
def connections_closed() -> Iterator[None]:
    """Closes the clients of Redis that the block made; it must close its databases itself."""
    _ENGINES.clear()
    _CLIENTS.clear()
    yield
    for client in _CLIENTS:
        client.close()
    pools = [(made.url, made.pool) for made in _ENGINES]
    left = [str(url) for url, pool in pools if isinstance(pool, QueuePool) and pool.checkedin()]
    assert left == [], "the test left connections open: close the database"
