"""The addresses that may be mailed on a site: found, or added."""

from sqlalchemy import Connection, select

from moderation.notifications.reader_mails import MailWish
from moderation.storage.database.engine import insert_for
from moderation.storage.schema.subscriptions import mail_addresses


def open_address(connection: Connection, wish: MailWish) -> int | None:
    """The number of the address on its site; None where its owner wants no mails."""
    values = {"site_id": wish.site_id, "address_hash": wish.address_hash, "address": wish.address}
    insert = insert_for(connection)(mail_addresses).values(values).on_conflict_do_nothing()
    connection.execute(insert)
    query = select(mail_addresses.c.id).where(
        mail_addresses.c.site_id == wish.site_id,
        mail_addresses.c.address_hash == wish.address_hash,
        mail_addresses.c.stopped_at.is_(None),
    )
    number: int | None = connection.execute(query.with_for_update()).scalar()
    return number
