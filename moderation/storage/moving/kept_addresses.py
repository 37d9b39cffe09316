"""E-mail addresses of imported comments: kept where the site mails readers, and never asked.

Nothing is sent to them. When the owner of one confirms it for a new comment, mails about these
comments begin too: whoever ran the other system says that they are of the same reader.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.database.bulk_insert import insert_rows
from moderation.storage.database.engine import insert_for
from moderation.storage.schema.subscriptions import mail_addresses, subscriptions

_LONGEST_CODE = 8


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An e-mail address, and the hash by which it is known on the site."""

    address: str
    address_hash: str


# Of what a file has: None where that is no address, or the site mails no readers.
KnownAs = Callable[[str], KnownAddress | None]


def keep_addresses(
    connection: Connection,
    site: Site,
    known_as: KnownAs,
    pairs: Sequence[tuple[sqlite3.Row, Mapping[str, Any]]],
) -> None:
    """Keep the addresses of the authors of comments.

    Args:
        connection: The transaction that inserted the comments.
        site: Theirs.
        known_as: Reads an address.
        pairs: Their staged rows, and their rows here.
    """
    known = {
        row["id"]: address
        for staged, row in pairs
        if staged["email"] and row["status"] != Status.ERASED
        if (address := known_as(staged["email"])) is not None
    }
    if not known:
        return
    numbers = _numbers(connection, site, list(known.values()))
    language = site.languages.default.partition("-")[0][:_LONGEST_CODE]
    rows = [
        {
            "comment_id": comment_id,
            "address_id": numbers[address.address_hash],
            "language": language,
            "asked_at": None,
            "confirmed_at": None,
            "told_status": None,
        }
        for comment_id, address in known.items()
        if address.address_hash in numbers
    ]
    insert_rows(connection, subscriptions, rows)


def _numbers(
    connection: Connection, site: Site, addresses: Sequence[KnownAddress]
) -> dict[str, int]:
    """The numbers of the addresses by their hashes, without those whose owners want no mail."""
    by_hash = {one.address_hash: one.address for one in addresses}
    rows = [
        {"site_id": site.id, "address_hash": key, "address": address}
        for key, address in sorted(by_hash.items())
    ]
    insert = insert_for(connection)(mail_addresses).on_conflict_do_nothing()
    connection.execute(insert, rows)
    query = select(mail_addresses.c.address_hash, mail_addresses.c.id).where(
        mail_addresses.c.site_id == site.id,
        mail_addresses.c.address_hash.in_(by_hash),
        mail_addresses.c.stopped_at.is_(None),
    )
    return {row.address_hash: row.id for row in connection.execute(query)}
