import pytest

from models.features.advert_features import advert_counts, has_address


@pytest.mark.parametrize(
    ("raw", "plain", "counts"),
    [
        ("", "", (0, 0, 0, 0)),
        ("Subscribe, then check it out!", "subscribe, then check it out!", (2, 0, 0, 0)),
        ("win a FREE prize", "win a free prize", (1, 2, 0, 0)),
        ("Call 08452810075 now", "call 08452810075 now", (1, 0, 1, 0)),
        ("$5 or £4 or €6", "$5 or £4 or €6", (0, 0, 0, 3)),
        ("unsubscribed, recall, freedom", "unsubscribed, recall, freedom", (0, 0, 0, 0)),
    ],
)
def test_the_signs_of_an_advertisement_are_counted_by_kind(
    raw: str, plain: str, counts: tuple[int, int, int, int]
) -> None:
    assert advert_counts(raw, plain, sum(map(str.isdigit, raw))) == counts


@pytest.mark.parametrize(
    ("plain", "has"),
    [
        ("see <link>", True),
        ("visit murdev.com today", True),
        ("gofundme.com/a", True),
        ("the end.information", False),
        (".com of old", False),
        ("nothing here.", False),
    ],
)
def test_an_address_is_a_link_or_a_bare_domain(plain: str, has: bool) -> None:
    assert has_address(plain) is has
