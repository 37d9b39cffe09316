import pytest
from hypothesis import given

from models.features.home_addresses import (
    ADDRESS,
    HOME_ADDRESS,
    NO_ADDRESS,
    PERSON_AT_ADDRESS,
    PERSON_AT_NUMBER,
    home_address,
)
from models.features.normalise import normalise
from tests.support.strategies import ANY_TEXT


def kind(text: str) -> int:
    return home_address(text, normalise(text), sum(sign in "0123456789" for sign in text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge is open again.", NO_ADDRESS),
        ("It is a 10 minute drive, 5 miles of road.", NO_ADDRESS),
        ("The bakery at 12 Market Street is open.", ADDRESS),
        ("Anna Berger, 5 Mill Lane.", PERSON_AT_ADDRESS),
        ("Go and see him at 5 Mill Lane.", PERSON_AT_ADDRESS),
        ("She lives at 44B Old Oak Road.", HOME_ADDRESS),
        ("she lives at 44 oak street", HOME_ADDRESS),
        ("Call the library on 0161 496 0777.", NO_ADDRESS),
        ("Call Tom Birkett on (202) 555-0199.", PERSON_AT_NUMBER),
        ("He was 30 in 1990, phone him in 2020.", NO_ADDRESS),
    ],
)
def test_an_address_or_a_number_exposes_who_stands_beside_it(text: str, expected: int) -> None:
    assert kind(text) == expected


@given(ANY_TEXT)
def test_any_text_has_one_kind(text: str) -> None:
    assert kind(text) in range(5)
