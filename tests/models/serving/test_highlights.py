import pytest

from models.serving.explain import Attribution, Span
from models.serving.highlights import highlighted_spans


@pytest.mark.parametrize(
    ("contributions", "words"), [((5.0, 2.0, 1.9, -5.0), 2), ((0.0, -1.0), 0), ((), 0)]
)
def test_a_word_is_highlighted_from_two_fifths_of_what_the_strongest_adds(
    contributions: tuple[float, ...], words: int
) -> None:
    spans = tuple(Span(start, start + 1, added) for start, added in enumerate(contributions))

    assert len(highlighted_spans("oddly", Attribution(sum(contributions), spans, {}))) == words


def test_a_stop_word_is_not_highlighted() -> None:
    spans = (Span(0, 3, 9.0), Span(4, 7, 1.0))

    assert highlighted_spans("you fool", Attribution(10.0, spans, {})) == [spans[1]]


def test_a_full_stop_is_not_highlighted() -> None:
    spans = (Span(0, 4, 1.0), Span(4, 5, 9.0))

    assert highlighted_spans("fool.", Attribution(10.0, spans, {})) == [spans[0]]


def test_the_case_of_a_stop_word_does_not_matter() -> None:
    spans = (Span(0, 3, 9.0), Span(4, 7, 1.0))

    assert highlighted_spans("YOU fool", Attribution(10.0, spans, {})) == [spans[1]]
