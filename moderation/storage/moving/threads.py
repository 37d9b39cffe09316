"""Put the staged comments in order: each after the one that it answers, whatever their rows' order.

What is answered and does not come, or was deleted, keeps its place as an erased comment.
"""

import sqlite3
from collections.abc import Callable

from moderation.imports.records import BrokenFile
from moderation.imports.url_map import UrlMap
from moderation.storage.moving.staging import NOT_IN_FILE, Staging

MAX_DEPTH = 1_000  # answers to answers; no reader gets further down
KeyOf = Callable[[str, str], str]  # of the id and the address that a page has in its file
_IN_CIRCLE = "its answers go round in a circle: each answers the other"
_UNANSWERED = "it was deleted, and no comment that comes answers it"
_STUBS = f"""
INSERT INTO comments (id, place, page, name, text, status, at)
SELECT child.parent, '{NOT_IN_FILE}', min(child.page), '', '', 'erased', min(child.at)
FROM comments AS child
WHERE child.parent IS NOT NULL AND child.problem IS NULL
    AND NOT EXISTS (SELECT 1 FROM comments AS parent WHERE parent.id = child.parent)
GROUP BY child.parent
"""  # noqa: S608 our own words
_STEPS = (
    "UPDATE comments SET name = authors.name, email = authors.email FROM authors"
    " WHERE authors.id = comments.author AND comments.status <> 'erased'",
    "UPDATE comments SET problem = CASE page WHEN '' THEN 'it names no page'"
    " ELSE 'its page ' || quote(page) || ' is not in the file' END"
    " WHERE page NOT IN (SELECT id FROM pages)",
    "UPDATE comments SET problem = pages.problem FROM pages"
    " WHERE pages.id = comments.page AND pages.problem IS NOT NULL",
    "CREATE INDEX comments_parent ON comments (parent) WHERE parent IS NOT NULL",
    _STUBS,
    # Below another page's comment nobody would see it.
    "UPDATE comments SET parent = NULL FROM comments AS answered, pages AS own, pages AS other"
    " WHERE answered.id = comments.parent AND answered.page <> comments.page"
    " AND own.id = comments.page AND other.id = answered.page AND own.key <> other.key",
    "CREATE INDEX comments_level ON comments (level)",
    "UPDATE comments SET level = 0, sort = at WHERE parent IS NULL AND problem IS NULL",
)
# The + keeps SQLite from looking at all comments without a level for each level.
_NEXT_LEVEL = (
    "UPDATE comments SET level = ?1 + 1, sort = max(comments.at, answered.sort)"
    " FROM comments AS answered WHERE answered.level = ?1 AND comments.parent = answered.id"
    " AND +comments.level IS NULL AND comments.problem IS NULL"
)
_KEEP_ANSWERED = (
    "UPDATE comments SET stays = 1 WHERE level = ?1 AND stays = 0 AND id IN"
    " (SELECT parent FROM comments WHERE level = ?1 + 1 AND stays = 1)"
)
_ORDER = (
    "CREATE TABLE ordered AS SELECT number FROM comments"
    " WHERE stays = 1 ORDER BY sort, level, number"
)


class ForeignPage(ValueError):
    """The page is none of the site's; the sentence says what to do."""


def place_pages(staged: Staging, urls: UrlMap, key_of: KeyOf) -> None:
    """Give each page the key that it has here; `key_of` raises ForeignPage."""
    query = "SELECT id, url FROM pages"
    changes: list[tuple[str, str | None, str | None, str]] = []
    for page_id, url in staged.connection.execute(query).fetchall():
        new = urls.new_address(url)
        try:
            changes.append((new, key_of(page_id, url), None, page_id))
        except ForeignPage as error:
            changes.append((new, None, str(error), page_id))
    update = "UPDATE pages SET url = ?, key = ?, problem = ? WHERE id = ?"
    staged.connection.executemany(update, changes)


def order_threads(staged: Staging, *, keeps_erased: bool) -> None:
    """Order the comments, and refuse those that have no place.

    Args:
        staged: Filled, with keys for its pages.
        keeps_erased: Whether deleted comments come that nobody answered.

    Raises:
        BrokenFile: A thread is deeper than any reader could see.
    """
    connection = staged.connection
    for step in _STEPS:
        connection.execute(step)
    deepest = _set_levels(connection)
    connection.execute(
        "UPDATE comments SET problem = ? WHERE level IS NULL AND problem IS NULL", (_IN_CIRCLE,)
    )
    connection.execute(
        "UPDATE comments SET stays = (status <> 'erased' OR ?) WHERE level IS NOT NULL",
        (keeps_erased,),
    )
    for level in range(deepest - 1, -1, -1):
        connection.execute(_KEEP_ANSWERED, (level,))
    connection.execute(
        "UPDATE comments SET problem = ? WHERE stays = 0 AND problem IS NULL", (_UNANSWERED,)
    )
    connection.execute(_ORDER)


def _set_levels(connection: sqlite3.Connection) -> int:
    """Level 0 answers none, level 1 answers one of level 0, and so on; returns the last level."""
    level = 0
    while connection.execute(_NEXT_LEVEL, (level,)).rowcount > 0:
        level += 1
        if level > MAX_DEPTH:
            query = "SELECT place FROM comments WHERE level = ? LIMIT 1"
            (place,) = connection.execute(query, (level,)).fetchone()
            sentence = f"{place}: this comment has more than {MAX_DEPTH:,} answers above it"
            raise BrokenFile(sentence)
    return level
