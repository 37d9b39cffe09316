"""The websites that take comments here, and their settings."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, bindparam, select
from sqlalchemy.exc import IntegrityError

from moderation.audit_chain import OPERATOR, AuditAction, AuditEntry
from moderation.choices.safeguards import Safeguards
from moderation.choices.site_languages import SiteLanguages
from moderation.choices.strictness import Strictness
from moderation.choices.suspect_words import SuspectWords
from moderation.clock import Clock
from moderation.policy import SitePolicy
from moderation.rules.site_rules import NO_RULES
from moderation.sites import KeyScope, Site, SiteExists, SiteKey, SiteNotFound, SiteRates
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.rules.rules_in_force import rules_of_site, rules_of_sites
from moderation.storage.schema.sites import coral_secrets, site_keys, sites
from moderation.storage.system.audit_log import append_audit, newest_number

# Built once: to build a statement costs as much as to run it.
_BY_NAME = select(sites).where(sites.c.name == bindparam("name"))
_KEYS = select(site_keys).order_by(site_keys.c.id)
_ITS_KEYS = _KEYS.where(site_keys.c.site_id == bindparam("site_id"))
_SECRETS = select(coral_secrets.c.site_id, coral_secrets.c.secret).order_by(coral_secrets.c.id)
_ITS_SECRETS = _SECRETS.where(coral_secrets.c.site_id == bindparam("site_id"))
_SITES = select(sites).order_by(sites.c.name)


def _all_or_some(query: Select[Any], column: Column[int]) -> tuple[DriverStatement, ...]:
    """Everything, and what belongs to some sites."""
    return DriverStatement(query), DriverStatement(query.where(is_listed(column, "site_ids")))


_OF_SITES = tuple(
    zip(
        _all_or_some(_KEYS, site_keys.c.site_id),
        _all_or_some(_SECRETS, coral_secrets.c.site_id),
        _all_or_some(_SITES, sites.c.id),
        strict=True,
    )
)


class Sites:
    """The websites that take comments here."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, site: Site, *, by: str = OPERATOR) -> Site:
        """Store a new site (its id is not looked at); raises SiteExists."""
        statement = sites.insert().values(
            name=site.name, created_at=self._clock(), **_settings_columns(site)
        )
        try:
            with self._database.write() as connection:
                connection.execute(statement)
                entry = AuditEntry(
                    by, AuditAction.SITE_ADDED, f"site {site.name}", after=state_of(site)
                )
                append_audit(connection, self._clock(), entry)
        except IntegrityError as error:
            sentence = f"there is a site {site.name} already"
            raise SiteExists(sentence) from error
        return self.get(site.name)

    def get(self, name: str) -> Site:
        """The site with this name; raises SiteNotFound."""
        if "\0" in name:  # which PostgreSQL refuses even to look for
            raise SiteNotFound(name)
        with self._database.read() as connection:
            row = connection.execute(_BY_NAME, {"name": name}).first()
            if row is None:
                raise SiteNotFound(name)
            return _with_its_own(connection, row)

    def all(self) -> list[Site]:
        """Every site, by name."""
        with self._database.read() as connection:
            return sites_of(connection)

    def with_ids(self, ids: Collection[int]) -> list[Site]:
        """The sites that have these ids, by name."""
        with self._database.read() as connection:
            return sites_of(connection, ids)

    def last_change(self) -> int:
        """The number of the last change that was audited: while it stays, no site has changed."""
        with self._database.read() as connection:
            return newest_number(connection)

    def set_origins(self, name: str, origins: tuple[str, ...], *, by: str = OPERATOR) -> None:
        """Change where browsers may submit from; raises SiteNotFound."""
        self.change(name, lambda site: dataclasses.replace(site, origins=origins), by=by)

    def set_rejection(
        self, name: str, attribute: str, threshold: float | None, *, by: str = OPERATOR
    ) -> None:
        """Reject unseen from this score for the attribute up; None: nothing any more for it.

        Raises:
            SiteNotFound: No site has this name.
            InvalidThreshold: There is no such attribute, or the threshold is no score.
        """

        def changed(site: Site) -> Site:
            policy = site.policy.with_rejection(attribute, threshold)
            return dataclasses.replace(site, policy=policy)

        self.change(name, changed, by=by)

    def change(self, name: str, changed: Callable[[Site], Site], *, by: str = OPERATOR) -> None:
        """Change a site's settings as they are in the transaction, and tell the audit log.

        Args:
            name: The site's.
            changed: Gives the site as it shall be; its id, name and keys stay as they are.
            by: Who does it, as the audit log names them.

        Raises:
            SiteNotFound: No site has this name.
        """
        with self._database.write() as connection:
            before = locked_site(connection, name)
            after = changed(before)
            if after == before:
                return
            own = sites.c.id == before.id
            connection.execute(sites.update().where(own).values(_settings_columns(after)))
            states = (state_of(before), state_of(after))
            entry = AuditEntry(by, AuditAction.SITE_CHANGED, f"site {name}", *states)
            append_audit(connection, self._clock(), entry)


def locked_site(connection: Connection, name: str) -> Site:
    """The site, which nobody else changes until the transaction ends; raises SiteNotFound."""
    query = select(sites).where(sites.c.name == name).with_for_update()
    row = connection.execute(query).first()
    if row is None:
        raise SiteNotFound(name)
    return _with_its_own(connection, row)


def sites_of(connection: Connection, ids: Collection[int] | None = None) -> list[Site]:
    """Return the sites with these ids, or without any ids every site, by name."""
    asked: dict[str, Any] = {} if ids is None else {"site_ids": list(ids)}
    of_keys, of_secrets, of_sites = _OF_SITES[bool(asked)]
    keys = defaultdict(list)
    for key in of_keys.all(connection, asked):
        keys[key.site_id].append(key)
    secrets = defaultdict(list)
    for secret in of_secrets.all(connection, asked):
        secrets[secret.site_id].append(secret)
    rules = rules_of_sites(connection, ids)
    return [
        dataclasses.replace(
            _to_site(row, keys[row.id], secrets[row.id]), rules=rules.get(row.id, NO_RULES)
        )
        for row in of_sites.all(connection, asked)
    ]


def state_of(site: Site) -> dict[str, object]:
    """The site's settings, as the audit log has them."""
    return {
        "title": site.title,
        "origins": list(site.origins),
        "policy": dataclasses.asdict(site.policy),
        "max_text": site.max_text,
        "edit_minutes": site.edit_minutes,
        "nudges": site.nudges,
        "reader_mail": site.reader_mail,
        "rates": dataclasses.asdict(site.rates),
        "languages": dataclasses.asdict(site.languages),
        "suspects": site.suspects.as_audited(),
        "safeguards": dataclasses.asdict(site.safeguards),
    }


def _settings_columns(site: Site) -> dict[str, object]:
    return {
        "title": site.title,
        "origins": list(site.origins),
        "policy": dataclasses.asdict(site.policy),
        "max_text": site.max_text,
        "edit_minutes": site.edit_minutes,
        "nudges": site.nudges,
        "reader_mail": site.reader_mail,
        "submit_limit": site.rates.submit,
        "key_limit": site.rates.key,
        "languages": list(site.languages.codes),
        "default_language": site.languages.default,
        "raised_languages": list(site.languages.raised),
        "suspect_words": list(site.suspects.words),
        "suspect_lists": list(site.suspects.lists),
        "safeguards": dataclasses.asdict(site.safeguards),
    }


def _with_its_own(connection: Connection, row: Row[Any]) -> Site:
    """The site of a row, with the keys and secrets that are its own."""
    own = {"site_id": row.id}
    keys = connection.execute(_ITS_KEYS, own).all()
    site = _to_site(row, keys, connection.execute(_ITS_SECRETS, own).all())
    return dataclasses.replace(site, rules=rules_of_site(connection, row.id) or NO_RULES)


def _to_site(
    row: Row[Any], keys: Sequence[Row[*tuple[Any, ...]]], secrets: Sequence[Row[*tuple[Any, ...]]]
) -> Site:
    return Site(
        id=row.id,
        name=row.name,
        title=row.title,
        origins=tuple(row.origins),
        policy=_to_policy(**row.policy),
        max_text=row.max_text,
        edit_minutes=row.edit_minutes,
        nudges=row.nudges,
        reader_mail=row.reader_mail,
        rates=SiteRates(row.submit_limit, row.key_limit),
        languages=SiteLanguages(
            tuple(row.languages), row.default_language, tuple(row.raised_languages)
        ),
        suspects=SuspectWords(tuple(row.suspect_words), tuple(row.suspect_lists)),
        keys=tuple(_to_key(key) for key in keys),
        coral_secrets=tuple(secret.secret for secret in secrets),
        safeguards=Safeguards.kept(row.safeguards),
    )


def _to_policy(strictness: str = Strictness.BALANCED, **others: Any) -> SitePolicy:
    # Rows from before there were settings have none: the model's thresholds were the balanced ones.
    return SitePolicy(**others, strictness=Strictness(strictness))


def _to_key(row: Row[Any]) -> SiteKey:
    scope = KeyScope(row.scope)
    return SiteKey(row.id, row.name, row.key_hash, row.created_at, row.last_used_at, scope)
