"""Texts are prepared alike in this process and in another one, in the order of their lots."""

from collections.abc import Iterator

import pytest

from moderation.text.prepared_texts import prepared, prepared_ahead

TEXTS = [("Ada", "Ein größerer Text über die neue Brücke"), ("Ben", "short"), ("", "")]


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_each_lot_comes_with_what_is_made_of_its_texts(number: int) -> None:
    lots = [(index, [*TEXTS, ("Eve", f"lot {index}")]) for index in range(number)]

    made = list(prepared_ahead(lots))

    assert made == [(index, prepared(texts)) for index, texts in lots]


def test_only_the_next_lot_is_asked_for_early() -> None:
    asked: list[int] = []

    def lots() -> Iterator[tuple[int, list[tuple[str, str]]]]:
        for index in range(5):
            asked.append(index)
            yield index, TEXTS

    for lot, _ in prepared_ahead(lots()):
        assert len(asked) <= lot + 2
