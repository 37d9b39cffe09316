"""The index of words: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

Kept by storage in the transaction that adds the comment, not by triggers: the words are made in
one place for both databases, so that both find the same, also what hides behind invisible
characters. A table of its own on PostgreSQL: in `comments` each change of a status would write the
whole GIN entry again.
"""

import functools
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, String, TextClause, bindparam, text

from moderation.storage.database.bulk_insert import copy_in, put_in
from moderation.storage.database.driver_statement import DriverStatement

TermGroup = Sequence[str]  # a comment has any one of these words
_FEW = 5_000
MAX_GROUPS = 50  # of one query; the rest of a longer one is not looked at

_INSERT = {
    # VALUES: at each INSERT of what it selects, FTS5 writes down what it has in memory (of three
    # comments stored together each took 49 us in place of 39, of eight 40 in place of 26).
    "sqlite": DriverStatement(
        text(
            "INSERT INTO comment_words (rowid, words)"
            " VALUES ((SELECT id FROM comments WHERE public_id = :public_id), :words)"
        )
    ),
    "postgresql": DriverStatement(
        text(
            "INSERT INTO comment_words (comment_id, words)"
            " SELECT id, array_to_tsvector(CAST(:words AS text[])) FROM comments"
            " WHERE public_id = :public_id"
        )
    ),
}
_REMOVE = {
    # Word by word: the table keeps no text that it could look them up in.
    "sqlite": (
        "INSERT INTO comment_words (comment_words, rowid, words) VALUES ('delete', :id, :words)"
    ),
    "postgresql": (
        "UPDATE comment_words SET words = ts_delete(words, CAST(:words AS text[]))"
        " WHERE comment_id = :id"
    ),
}
_ADD = {  # to a row that is there
    "sqlite": "INSERT INTO comment_words (rowid, words) VALUES (:id, :words)",
    "postgresql": (
        "UPDATE comment_words SET words = words || array_to_tsvector(CAST(:words AS text[]))"
        " WHERE comment_id = :id"
    ),
}
_REMOVE_ROW = "DELETE FROM comment_words WHERE comment_id = :id"
_KEEP_ROW = "INSERT INTO comment_words (rowid, words) VALUES (:id, '')"  # else it is counted out
_MATCH = {
    "sqlite": (
        "SELECT rowid AS id FROM comment_words WHERE comment_words MATCH :expression"
        " AND rowid BETWEEN :lowest AND :highest ORDER BY rowid DESC LIMIT :number"
    ),
    # Materialized: planned for all of it. For the few that are shown of it PostgreSQL would rather
    # walk through all comments, also where no word is found (measured: 300 ms instead of 3).
    "postgresql": (
        "WITH matching AS MATERIALIZED (SELECT comment_id AS id FROM comment_words"
        " WHERE words @@ CAST(:expression AS tsquery) AND comment_id BETWEEN :lowest AND :highest"
        " ORDER BY comment_id DESC LIMIT :number) SELECT id FROM matching"
    ),
    # IS TRUE keeps the index out: of few comments each is looked at, of a common word the index
    # has hundreds of thousands.
    "postgresql, few": (
        "SELECT comment_id AS id FROM comment_words WHERE (words @@ CAST(:expression AS tsquery))"
        " IS TRUE AND comment_id BETWEEN :lowest AND :highest ORDER BY comment_id DESC"
        " LIMIT :number"
    ),
}
_SPELLED = {"sqlite": ('"', " OR ", " AND "), "postgresql": ("'", " | ", " & ")}


def add_words(connection: Connection, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Let these comments, by their public ids, be found by these words."""
    as_kept = _as_kept(connection)
    own = [{"public_id": public_id, "words": as_kept(words)} for public_id, words in rows]
    _INSERT[connection.dialect.name].run(connection, own)


def add_many(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Let these new comments, by their internal ids, be found by these words, with spaces."""
    if connection.dialect.name == "sqlite":
        put_in(connection, "comment_words", ("rowid", "words"), rows)
    else:
        copied = ((comment_id, _lexemes(words)) for comment_id, words in rows)
        copy_in(connection, "comment_words", ("comment_id", "words"), copied)


def _lexemes(words: str) -> str:
    """A tsvector as PostgreSQL reads it: no word of a text has a quote or a backslash."""
    quoted = words.replace(" ", "' '")
    return f"'{quoted}'"


def remove_words(connection: Connection, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Let these comments, by their internal ids, be found by these words no more."""
    statement, as_kept = _statement(_REMOVE[connection.dialect.name]), _as_kept(connection)
    connection.execute(
        statement, [{"id": comment_id, "words": as_kept(words)} for comment_id, words in rows]
    )
    if connection.dialect.name == "sqlite":
        connection.execute(_statement(_KEEP_ROW), [{"id": comment_id} for comment_id, _ in rows])


def replace_words(
    connection: Connection, comment_id: int, old: Sequence[str], new: Sequence[str]
) -> None:
    """Let this comment, by its internal id, be found by the new words and not by the old ones."""
    as_kept, dialect = _as_kept(connection), connection.dialect.name
    for source, words in ((_REMOVE[dialect], old), (_ADD[dialect], new)):
        values = {"id": comment_id, "words": as_kept(words)}
        connection.execute(_statement(source), values)


def _as_kept(connection: Connection) -> Callable[[Sequence[str]], str | list[str]]:
    return " ".join if connection.dialect.name == "sqlite" else list


def remove_rows(connection: Connection, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Forget these comments, by their internal ids.

    Each comes with exactly the words that it has yet: SQLite counts them, and calls the index
    damaged where more are taken out than were put in.
    """
    if connection.dialect.name == "sqlite":
        take_out = _statement(_REMOVE["sqlite"])
        connection.execute(take_out, [{"id": row, "words": " ".join(words)} for row, words in rows])
    else:
        connection.execute(_statement(_REMOVE_ROW), [{"id": row} for row, _ in rows])


def is_found_by(connection: Connection, comment_id: int, word: str) -> bool:
    """Whether the index has this word for the comment."""
    expression = match_expression(connection, [[word]])
    query = match_query(connection, comment_id, comment_id)
    return connection.execute(query, {"expression": expression, "number": 1}).first() is not None


def match_query(connection: Connection, lowest: int, highest: int) -> TextClause:
    """Return a query of the ids from lowest to highest that match, newest first.

    It has two parameters yet: `expression`, as `match_expression` returns it, and `number`, how
    many ids at most.
    """
    dialect = connection.dialect.name
    ends = {"lowest": lowest, "highest": highest}
    if dialect == "sqlite":
        return _statement(_MATCH[dialect]).bindparams(**ends)
    few = ", few" if highest - lowest <= _FEW else ""
    query = _statement(_MATCH[dialect + few]).bindparams(**ends)
    # Written into the statement: PostgreSQL must see the words to know whether they are common,
    # and a plan kept for other words walked through all comments for one rare word (measured).
    return query.bindparams(bindparam("expression", literal_execute=True, type_=String))


def match_expression(connection: Connection, groups: Sequence[TermGroup]) -> str:
    """Return the expression that asks for one word of each group.

    Nothing in a word has a meaning to either database.
    """
    quote, either, both = _SPELLED[connection.dialect.name]
    alternatives = (
        either.join(f"{quote}{word}{quote}" for word in group) for group in groups[:MAX_GROUPS]
    )
    return both.join(f"({words})" for words in alternatives)


@functools.cache
def _statement(source: str) -> TextClause:
    return text(source)
