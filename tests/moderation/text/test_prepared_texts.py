"""Texts are prepared alike in this process and in another one, in the order of their lots."""

from collections.abc import Iterator

import pytest

from moderation.text.prepared_texts import SentText, prepared, prepared_ahead
from moderation.text.second_process import second_process

TEXTS: list[SentText] = [
    ("Ada", "Ein größerer Text über die neue Brücke", "192.0.2.7"),
    ("Ben", "short", ""),
    ("", "", None),
]


def hex_of(address: str) -> str:
    return address.encode().hex()


def test_an_address_is_given_as_its_hash_alone() -> None:
    assert [mark for *_, mark in prepared(TEXTS, hex_of)] == [hex_of("192.0.2.7"), None, None]


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_each_lot_comes_with_what_is_made_of_its_texts(number: int) -> None:
    lots = [(index, [*TEXTS, ("Eve", f"lot {index}", "192.0.2.9")]) for index in range(number)]

    with second_process() as process:
        made = list(prepared_ahead(lots, hex_of, process))

    assert made == [(index, list(prepared(texts, hex_of))) for index, texts in lots]


def test_only_the_next_lot_is_asked_for_early() -> None:
    asked: list[int] = []

    def lots() -> Iterator[tuple[int, list[SentText]]]:
        for index in range(5):
            asked.append(index)
            yield index, TEXTS

    with second_process() as process:
        for lot, _ in prepared_ahead(lots(), hex_of, process):
            assert len(asked) <= lot + 2
