"""Signs in names, and where they are."""

import pytest
from hypothesis import given

from models.serving.name_signs import Sign, SignKind, signs
from tests.support.strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("name", "kind", "part"),
    [
        ("Ann from pills.example", SignKind.CONTACT, "pills.example"),
        ("Ann (0171) 123 45 67", SignKind.CONTACT, "0171) 123 45 67"),
        ("Ann http://pills.example/a now", SignKind.CONTACT, "http://pills.example/a"),
        ("Ann t.me/pills2 now", SignKind.CONTACT, "t.me/pills2"),
        ("Ann @ann_pills", SignKind.CONTACT, "@ann_pills"),
        ("p i l l s . c o m", SignKind.CONTACT, "p i l l s . c o m"),
        ("Best V1agra, Ann", SignKind.ADVERT, "V1agra"),
        ("Ann k y s", SignKind.ABUSE, "k y s"),
        ("你傻逼啊", SignKind.ABUSE, "傻逼"),
        ("Cheap good loans", SignKind.ADVERT, "Cheap good loans"),
    ],
)
def test_a_sign_is_where_it_stands(name: str, kind: SignKind, part: str) -> None:
    start = name.index(part)

    assert signs(name) == [Sign(kind, start, start + len(part))]


@given(name=ANY_TEXT)
def test_every_sign_lies_within_the_name(name: str) -> None:
    for sign in signs(name):
        assert 0 <= sign.start < sign.end <= len(name)


@pytest.mark.parametrize(
    "piece",
    [
        "é",
        "é1",
        "a.",
        "a-",
        "a@",
        "a+",
        "://",
        "aa [",
        "earn ",
        "loans ",
        "微信",
        "(at)",
        "1(",
        "a b ",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * 50_000  # by time in proportion to its square this takes more than the test may

    kinds = {sign.kind for sign in signs(f"{text} pills.example")}

    assert SignKind.ABUSE not in kinds
