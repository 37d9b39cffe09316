"""The score of a comment that search, charts and the queue's order count by."""

from sqlalchemy import ColumnElement, case

from moderation.name_policy import PHRASE_FLAG
from moderation.storage.schema.comments import name_score, scores


def counted_score(attribute: str) -> ColumnElement[float]:
    """Return the higher of the scores of text and name; NULL where the text has none.

    So that nobody approves in bulk, as harmless, what only the name makes harmful. A name's score
    below what flags a phrase counts nothing: names are short, and many score a little.
    """
    of_text, of_name = scores.c[attribute], scores.c[name_score(attribute)]
    if attribute not in PHRASE_FLAG:
        return of_text
    counts = (of_name >= PHRASE_FLAG[attribute]) & (of_name > of_text)
    return case((counts, of_name), else_=of_text)
