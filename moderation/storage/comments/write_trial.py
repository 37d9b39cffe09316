"""Try whether the database takes a comment, since many ways to fail leave reading as it was."""

import secrets
import time
from threading import Lock

from sqlalchemy import Connection

from moderation.clock import Clock
from moderation.comments import Submission
from moderation.storage.comments.insert import insert_comments
from moderation.storage.comments.new_comments import Submitter, prepared
from moderation.storage.comments.sites import sites_of
from moderation.storage.database.engine import Database, DatabaseUnavailable, insert_for
from moderation.storage.schema.system import database_identity
from moderation.storage.system.incarnation import ROW

_SECONDS = 2.0  # for others to finish writing; whoever asks gives up soon
_FEW_BYTES = 4 << 20
_FRESH_SECONDS = 1.0  # so that whoever asks all the time does not write all the time


class WriteTrial:
    """Inserts a comment, takes it back and writes a row of its own; at most once a second."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = Lock()
        self._fresh_until = 0.0
        self._problem: str | None = None

    def problem(self) -> str | None:
        """Say why nothing can be written; None where it can."""
        with self._lock:
            if time.monotonic() >= self._fresh_until:
                self._problem = self._try()
                self._fresh_until = time.monotonic() + _FRESH_SECONDS
            return self._problem

    def _try(self) -> str | None:
        try:
            with self._database.write(time.monotonic() + _SECONDS) as connection:
                self._rehearse(connection)
                self._sign(connection)
        except DatabaseUnavailable as away:
            return f"takes no comments: {away}"
        return self._full_disk()

    def _full_disk(self) -> str | None:
        """A small write may find room in SQLite's log where a comment does not."""
        free = self._database.free_bytes()
        if free is None or free >= _FEW_BYTES:
            return None
        return f"takes no comments: the disk is full, {free >> 10:,} KiB are free"

    def _rehearse(self, connection: Connection) -> None:
        """All that a comment needs, without its commit: a damaged table shows only there."""
        for site in sites_of(connection)[:1]:
            trial = Submission(site=site.name, page="/", name="Trial", text="Is there room?")
            with connection.begin_nested() as savepoint:
                insert_comments(connection, [prepared(site, trial, Submitter(), self._clock())])
                savepoint.rollback()

    def _sign(self, connection: Connection) -> None:
        tried = {"tried_at": self._clock()}
        row = {"id": ROW, "incarnation": secrets.token_hex(8), **tried}
        statement = insert_for(connection)(database_identity).values(row)
        connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=tried))
