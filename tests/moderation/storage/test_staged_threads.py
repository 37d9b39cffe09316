"""The threads of a file are put in order without looking at all of it again and again."""

from moderation.storage.moving.staging import staging
from moderation.storage.moving.threads import _NEXT_LEVEL, order_threads


def test_the_answers_of_a_level_are_found_by_what_they_answer() -> None:
    with staging() as staged:
        order_threads(staged, keeps_erased=False)
        plan = staged.connection.execute(f"EXPLAIN QUERY PLAN {_NEXT_LEVEL}", (0,)).fetchall()

    assert [row["detail"] for row in plan] == [
        "SEARCH answered USING INDEX comments_level (level=?)",
        "SEARCH comments USING INDEX comments_parent (parent=?)",
    ]
