"""Find a moderator by a name, however its letters are written."""

from sqlalchemy import ColumnElement, Connection, func, select

from moderation.accounts.moderators import ModeratorNotFound, name_key
from moderation.storage.schema.accounts import moderators


def has_name(name: str) -> ColumnElement[bool]:
    """Whether a row is the moderator with this name.

    Before names were compared by `name_key`, two could have the same: the one that is written
    exactly so comes first.
    """
    same = (moderators.c.name == name) | (moderators.c.name_key == name_key(name))
    alias = moderators.alias("named")
    query = (
        select(alias.c.id)
        .where((alias.c.name == name) | (alias.c.name_key == name_key(name)))
        .order_by(alias.c.name != name)
        .limit(1)
    )
    return same & (moderators.c.id == query.scalar_subquery())


def name_is_taken(connection: Connection, name: str) -> bool:
    """Whether a moderator has this name, however its letters are written."""
    query = select(func.count()).select_from(moderators).where(has_name(name))
    return connection.execute(query).scalar_one() > 0


def id_of_name(connection: Connection, name: str) -> int:
    """Return the id of the moderator with this name, locked; raises ModeratorNotFound."""
    query = select(moderators.c.id).where(has_name(name)).with_for_update()
    moderator_id = connection.execute(query).scalar()
    if moderator_id is None:
        raise ModeratorNotFound(name)
    return int(moderator_id)
