"""The secrets by which a site's Coral signs what it asks; several while one replaces another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from moderation.audit_chain import OPERATOR, AuditAction, AuditedState, AuditEntry
from moderation.clock import Clock
from moderation.sites import CoralSecretExists, CoralSecretNotFound, Site
from moderation.storage.comments.sites import locked_site
from moderation.storage.database.engine import Database
from moderation.storage.schema.sites import coral_secrets
from moderation.storage.system.audit_log import append_audit


@dataclass(frozen=True, slots=True)
class CoralSecret:
    """A secret by its number, as operators see it."""

    id: int
    created_at: datetime


class CoralSecrets:
    """The secrets of all sites."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, site_name: str, secret: str, *, by: str = OPERATOR) -> int:
        """Take one more secret, as `coral_secret` gives it, and return its number.

        Raises:
            SiteNotFound: No site has this name.
            CoralSecretExists: The site has it already.
        """

        def insert(connection: Connection, site: Site) -> int:
            row = {"site_id": site.id, "secret": secret, "created_at": self._clock()}
            statement = coral_secrets.insert().values(row).returning(coral_secrets.c.id)
            number: int = connection.execute(statement).scalar_one()
            self._audit(connection, by, site, after={"coral_secret": number})
            return number

        try:
            return self._write(site_name, insert)
        except IntegrityError as error:
            sentence = f"the site {site_name} has this secret already"
            raise CoralSecretExists(sentence) from error

    def remove(self, site_name: str, number: int, *, by: str = OPERATOR) -> None:
        """Take no signature by a secret any more; raises SiteNotFound, CoralSecretNotFound."""

        def delete(connection: Connection, site: Site) -> int:
            own = (coral_secrets.c.site_id == site.id) & (coral_secrets.c.id == number)
            if not connection.execute(coral_secrets.delete().where(own)).rowcount:
                sentence = f"the site {site_name} has no Coral secret {number}"
                raise CoralSecretNotFound(sentence)
            self._audit(connection, by, site, before={"coral_secret": number})
            return number

        self._write(site_name, delete)

    def of(self, site: Site) -> list[CoralSecret]:
        """Their numbers, the oldest first."""
        own = coral_secrets.c.site_id == site.id
        query = select(coral_secrets.c.id, coral_secrets.c.created_at).where(own)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(coral_secrets.c.id)).all()
        return [CoralSecret(row.id, row.created_at) for row in rows]

    def _write(self, site_name: str, change: Callable[[Connection, Site], int]) -> int:
        with self._database.write() as connection:
            return change(connection, locked_site(connection, site_name))

    def _audit(self, connection: Connection, by: str, site: Site, **states: AuditedState) -> None:
        entry = AuditEntry(by, AuditAction.SITE_CHANGED, f"site {site.name}", **states)
        append_audit(connection, self._clock(), entry)
