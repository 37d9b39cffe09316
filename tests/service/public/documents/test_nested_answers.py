"""Comments of a thread find their places, whatever is missing."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from moderation.storage.comments.pages import PublicComment
from service.public.documents.nested_answers import NestedComment, nested

MOMENT = datetime(2026, 1, 31, tzinfo=UTC)


def comment(number: int, parent: int | None) -> PublicComment:
    above = None if parent is None else f"c{parent}"
    return PublicComment(f"c{number}", "Ada", "text", MOMENT, above, is_staff=False)


def flat(places: list[NestedComment]) -> list[NestedComment]:
    return [one for place in places for one in (place, *flat(place.answers))]


def test_an_answer_to_what_is_not_in_the_list_stands_first_in_it() -> None:
    (place,) = nested([comment(5, parent=3)], depth=3)

    assert (place.answered, place.level) == ("earlier", 1)


@given(st.lists(st.integers(0, 20) | st.none(), max_size=20), st.integers(1, 5))
def test_each_comment_has_one_place_and_none_is_too_deep(
    parents: list[int | None], depth: int
) -> None:
    comments = [comment(number, parent) for number, parent in enumerate(parents)]

    places = flat(nested(comments, depth))

    assert {place.comment.id for place in places} == {one.id for one in comments}
    assert len(places) == len(comments)
    assert all(1 <= place.level <= depth for place in places)
    for place in places:
        assert all(answer.level in (place.level, place.level + 1) for answer in place.answers)
        below = [answer for answer in place.answers if answer.level > place.level]
        assert all(
            answer.answered is not None or answer.comment.parent == place.comment.id
            for answer in below
        )
