"""Uses of what lets a program in: of each day and address the first one is audited."""

from dataclasses import dataclass

from moderation.audit_chain import AuditEntry
from moderation.clock import Clock
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.system import credential_uses
from moderation.storage.system.audit_log import append_audit

_DAY_SECONDS = 86_400
_MOST = 10_000  # uses that one process remembers: it asks the database about others again


@dataclass(frozen=True, slots=True)
class CredentialUse:
    """A credential by its hash, and from where it was used, by the hash of the address."""

    credential_hash: str
    address_hash: str


class CredentialUses:
    """Writes an audit entry for a use, once for each day and address."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._audited: set[tuple[int, CredentialUse]] = set()

    def note(self, use: CredentialUse, entry: AuditEntry) -> None:
        """Audit this use if it is the day's first; `entry` says whose credential it is."""
        now = self._clock()
        day = int(now.timestamp() // _DAY_SECONDS)
        if (day, use) in self._audited:
            return
        with self._database.write() as connection:
            insert = insert_for(connection)(credential_uses).values(
                credential_hash=use.credential_hash, day=day, address_hash=use.address_hash
            )
            # Not rowcount: PostgreSQL's driver does not know it after an insert.
            is_first = insert.on_conflict_do_nothing().returning(credential_uses.c.day)
            if connection.execute(is_first).first() is not None:
                earlier = credential_uses.c.day < day - 1
                connection.execute(credential_uses.delete().where(earlier))
                append_audit(connection, now, entry)
        if len(self._audited) >= _MOST:
            self._audited.clear()
        self._audited.add((day, use))
