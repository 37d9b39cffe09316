"""A database that is closed leaves no connection open."""

from threading import Event, Thread

from sqlalchemy import event

from moderation.storage.database.engine import open_database


def test_a_connection_in_use_is_closed_when_it_comes_back(database_url: str) -> None:
    database, is_open, may_go = open_database(database_url), Event(), Event()
    closed: list[object] = []
    event.listen(database.engine.pool, "close", lambda *about: closed.append(about))

    def use() -> None:
        with database.read():
            is_open.set()
            may_go.wait()

    thread = Thread(target=use)
    thread.start()
    is_open.wait()
    database.close()
    before = list(closed)
    may_go.set()
    thread.join()

    assert before == []
    assert len(closed) == 1
