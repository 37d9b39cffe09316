import pytest
from hypothesis import given

from models.features.normalise import normalise
from models.features.rude_words import (
    NOT_FRIENDLY,
    PRAISE,
    PRAISE_AND_OTHERS,
    SET_PHRASE,
    friendly_swearing,
)
from tests.support.strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("The bridge is open again.", NOT_FRIENDLY),
        ("Hello, great class of passengers!", NOT_FRIENDLY),
        ("Holy shit, that is beautiful!", PRAISE),
        ("Damn, those guys were great.", PRAISE_AND_OTHERS),
        ("Holy shit, the bus is late.", SET_PHRASE),
        ("Hell yes, another one.", SET_PHRASE),
        ("I laughed my ass off.", SET_PHRASE),
        ("Utter nonsense.", SET_PHRASE),
        ("Stupid me, I left the keys at home.", SET_PHRASE),
        ("Don't be so dumb.", SET_PHRASE),
        ("He is a stupid man.", NOT_FRIENDLY),
        ("What you say is nonsense.", NOT_FRIENDLY),
        ("You are full of shit.", NOT_FRIENDLY),
        ("Fuck off, it was a great day before.", NOT_FRIENDLY),
        ("Holy shit, what an idiot!", NOT_FRIENDLY),
        ("Holy shit, that is beautiful! " * 7, NOT_FRIENDLY),
    ],
)
def test_swearing_at_nobody_stands_beside_praise_or_in_a_set_phrase(text: str, how: int) -> None:
    assert friendly_swearing(normalise(text)) == how


@given(ANY_TEXT)
def test_any_text_is_of_one_kind(text: str) -> None:
    assert friendly_swearing(normalise(text)) in range(4)
