import pytest
from hypothesis import given

from models.features.normalise import normalise
from models.features.surface_features import BUCKETS, FIRST_OF_ADVERTS, INDICATORS, shape_buckets
from tests.support.strategies import ANY_TEXT


def test_every_indicator_has_a_bucket_of_its_own() -> None:
    buckets = shape_buckets("Subscribe at www.example.com, 12345 $", "subscribe at <link> 12345 $")

    assert [bucket // BUCKETS for bucket in buckets] == list(range(len(INDICATORS)))
    adverts = [bucket - FIRST_OF_ADVERTS for bucket in buckets if bucket >= FIRST_OF_ADVERTS]
    assert adverts == [1, 8, 17, 25, 34]


@given(ANY_TEXT)
def test_any_text_has_one_bucket_per_indicator(text: str) -> None:
    buckets = shape_buckets(text, normalise(text))

    assert [bucket // BUCKETS for bucket in buckets] == list(range(len(INDICATORS)))


@pytest.mark.parametrize(
    ("indicator", "text", "bucket"),
    [
        ("length", "a" * 19, 0),
        ("length", "a" * 20, 1),
        ("length", "a" * 2_500, 7),
        ("capitals", "HELLO", 7),
        ("exclamation marks", "no!! no!", 3),
        ("question marks", "what??", 2),
        ("you", "and you, you there", 2),
        ("digits", "abcd1234", 6),
        ("letters beyond ASCII", "na\u00efve", 4),
    ],
)
def test_an_indicator_is_counted_in_steps(indicator: str, text: str, bucket: int) -> None:
    buckets = shape_buckets(text, normalise(text))

    number = INDICATORS.index(indicator)
    assert buckets[number] - number * BUCKETS == bucket
