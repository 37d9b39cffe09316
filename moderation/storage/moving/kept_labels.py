"""Labels of staged comments, and of texts in Parley's own file."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection

from moderation.labels import Label, LabelSource
from moderation.storage.labels.labels import add_labels
from moderation.storage.moving.parley_rows import kept_label
from moderation.storage.moving.staging import Staging

_LABELS = """
SELECT labels.* FROM ordered JOIN comments ON comments.number = ordered.number
JOIN labels ON labels.comment = comments.id WHERE ordered.rowid BETWEEN ? AND ?
"""
_PARLEY_LABELS = """
SELECT parley.comment, parley.fields FROM ordered JOIN comments ON comments.number = ordered.number
JOIN parley ON parley.comment = comments.id AND kind = 'label' WHERE ordered.rowid BETWEEN ? AND ?
"""
_TEXT_LABELS = "SELECT fields FROM parley WHERE comment IS NULL AND kind = 'label'"


def keep_labels(
    connection: Connection,
    of_site: tuple[int, datetime],
    of_rows: tuple[Staging, tuple[int, int]],
    public_ids: Mapping[str, str],
) -> None:
    """Store the labels of some comments.

    Args:
        connection: The transaction that inserted the comments.
        of_site: The site's id, and the time now.
        of_rows: Where they are staged, and the first and last position.
        public_ids: Of the comments that were inserted, by their ids in the file.
    """
    (site_id, now), (staged, positions) = of_site, of_rows
    rows = staged.connection.execute(_LABELS, positions)
    given = [
        _label(row, public_ids[row["comment"]]) for row in rows if row["comment"] in public_ids
    ]
    add_labels(connection, site_id, given, now)
    lines = staged.connection.execute(_PARLEY_LABELS, positions)
    kept = [
        kept_label(json.loads(line["fields"]), public_ids[line["comment"]])
        for line in lines
        if line["comment"] in public_ids
    ]
    _keep(connection, site_id, kept)


def keep_text_labels(connection: Connection, site_id: int, staged: Staging) -> None:
    """Store the labels that are about a text, and no comment."""
    lines = staged.connection.execute(_TEXT_LABELS)
    _keep(connection, site_id, [kept_label(json.loads(line["fields"]), None) for line in lines])


def _keep(connection: Connection, site_id: int, labels: Iterable[tuple[Label, datetime]]) -> None:
    """Each with the time when it was given."""
    by_time = sorted(labels, key=lambda label: label[1])
    for created_at, of_moment in groupby(by_time, key=lambda label: label[1]):
        add_labels(connection, site_id, [label for label, _ in of_moment], created_at)


def _label(row: sqlite3.Row, comment: str) -> Label:
    source = LabelSource.IMPORT
    return Label(None, row["attribute"], row["value"], source, row["weight"], comment)
