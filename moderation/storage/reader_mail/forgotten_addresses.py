"""Forget addresses: with the comments that they were left for, and when nothing needs them more."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from moderation.storage.schema.subscriptions import mail_addresses, reader_mails, subscriptions


def forget_subscriptions(connection: Connection, comment_ids: Sequence[int]) -> None:
    """Delete what is kept of the mails about comments, and each address that has no other.

    Args:
        connection: The transaction.
        comment_ids: Internal ids of readers' own comments, and of replies.
    """
    is_about = reader_mails.c.about_id.in_(comment_ids)
    connection.execute(reader_mails.delete().where(is_about))
    end_subscriptions(connection, comment_ids)


def end_subscriptions(connection: Connection, comment_ids: Sequence[int]) -> None:
    """Delete the subscriptions to comments; whoever replies there is mailed all the same."""
    of_these = subscriptions.c.comment_id.in_(comment_ids)
    query = select(subscriptions.c.address_id).where(of_these).distinct()
    address_ids = connection.execute(query).scalars().all()
    # Whoever subscribes one of them now waits, or is waited for.
    locked = select(mail_addresses.c.id).where(mail_addresses.c.id.in_(address_ids))
    connection.execute(locked.order_by(mail_addresses.c.id).with_for_update()).all()
    connection.execute(reader_mails.delete().where(reader_mails.c.comment_id.in_(comment_ids)))
    connection.execute(subscriptions.delete().where(of_these))
    if address_ids:
        _delete_unused(connection, address_ids)


def forget_addresses(connection: Connection, address_hashes: Sequence[str]) -> None:
    """Delete addresses by their hashes, with all that is kept of their mails."""
    own = mail_addresses.c.address_hash.in_(address_hashes)
    numbers = select(mail_addresses.c.id).where(own)
    ids = select(subscriptions.c.comment_id).where(subscriptions.c.address_id.in_(numbers))
    end_subscriptions(connection, connection.execute(ids).scalars().all())
    connection.execute(mail_addresses.delete().where(own))


def _delete_unused(connection: Connection, address_ids: Sequence[int]) -> None:
    """That somebody wants no mail is kept, without the address."""
    is_used = select(subscriptions.c.address_id).where(
        subscriptions.c.address_id == mail_addresses.c.id
    )
    unused = mail_addresses.delete().where(
        mail_addresses.c.id.in_(address_ids),
        mail_addresses.c.stopped_at.is_(None),
        ~is_used.exists(),
    )
    connection.execute(unused)
