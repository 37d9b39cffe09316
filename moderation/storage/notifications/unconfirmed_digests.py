"""The addresses of digests that nobody has confirmed: each is asked once, by one process."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from moderation.clock import Clock
from moderation.notifications.digest_confirmation import AddressToConfirm
from moderation.storage.database.engine import Database
from moderation.storage.notifications.due_digests import may_retry
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.notifications import digests

_RETRY_AFTER = timedelta(minutes=10)  # when the mail server failed
_ASKED_NOT = digests.c.confirmed_at.is_(None) & digests.c.asked_at.is_(None)


class UnconfirmedDigests:
    """Claims addresses to ask, for any number of processes at once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says which is due again."""
        self._database = database
        self._clock = clock

    def claim(self) -> Iterator[AddressToConfirm]:
        """Claim the addresses that are to be asked, one after the other.

        Yields:
            An address that no other process asks. It is claimed before it is asked: a process
            that dies in between costs one mail, which the moderator can ask for again.
        """
        query = (
            select(digests.c.moderator_id, moderators.c.name, digests.c.address)
            .join(moderators, digests.c.moderator_id == moderators.c.id)
            .where(_ASKED_NOT, may_retry(self._clock()), moderators.c.active)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            claimed = AddressToConfirm(*row)
            if self._change(claimed, {"asked_at": self._clock(), "problem": None}):
                yield claimed

    def retry_later(self, claimed: AddressToConfirm, problem: str) -> None:
        """Give a claim back, for a fault that may pass: it is due again in some minutes."""
        retry_at = self._clock() + _RETRY_AFTER
        self._change(claimed, {"asked_at": None, "retry_at": retry_at, "problem": problem})

    def note_refused(self, claimed: AddressToConfirm, problem: str) -> None:
        """Keep why an address was not asked, for its moderator's account page."""
        self._change(claimed, {"problem": problem})

    def _change(self, claimed: AddressToConfirm, values: dict[str, object]) -> bool:
        """False where another process or the moderator was first."""
        is_claim = values.get("asked_at") is not None
        is_theirs = (digests.c.moderator_id == claimed.moderator_id) & (
            digests.c.address == claimed.address
        )
        state = _ASKED_NOT if is_claim else digests.c.confirmed_at.is_(None)
        statement = digests.update().where(is_theirs, state).values(values)
        with self._database.write() as connection:
            return connection.execute(statement).rowcount == 1
