"""Nobody but the site's own people looks like one of them."""

import pytest

from moderation.text.reserved_names import ROLES, ROLES_ANYWHERE, is_reserved

TITLE = "Kleinstadt Bote"
PEOPLE = ("Jonas", "admin", "Li Wei")


def reserved(name: str) -> bool:
    return is_reserved(name, PEOPLE, TITLE)


@pytest.mark.parametrize("role", [*ROLES, *ROLES_ANYWHERE])
def test_every_word_for_their_work_is_theirs_in_any_dress(role: str) -> None:
    dresses = (role, role.upper(), role.title(), f"  {role} ", " ".join(role), "\u200b".join(role))
    more = (f"{role}1", f"{role}_22", f"({role})", f"Anna, {role}", f"{role} Anna")

    assert [name for name in (*dresses, *more) if not reserved(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "ᴀᴅᴍɪɴ",
        "ᴍᴏᴅᴇʀᴀᴛᴏʀ",
        "ᴊᴏɴᴀs",
        "🅰🅳🅼🅸🅽",
        "🄴🄳🄸🅃🄾🅁",
        "🇦🇩🇲🇮🇳",
        "Jonas",
        "JONAS",
        "Јonas",
        "Jоnаs",
        "J o n a s",
        "Jo\u00adnas",
        "Ｊｏｎａｓ",
        "𝐉𝐨𝐧𝐚𝐬",
        "Jónas",
        "J0nas",
        "Li  Wei",
        "LiWei",
        "Kleinstadt Bote",
        "Kleinstadt-Bote",
        "KLEINSTADT BOTE",
        "Кleinstadt Воte",
        "Kleinstadt Bote (editors)",
        "Team Kleinstadt Bote",
        "KleinstadtBote",
        "Mοderator",
        "Моderаtor",
        "ADMlN",
        "Adm1n",
        "M\u2800o\u2800d\u2800e\u2800r\u2800a\u2800t\u2800o\u2800r",
        "[MOD] Anna",
        "Редакция газеты",
        "小编辑",
    ],
)
def test_look_alikes_are_theirs(name: str) -> None:
    assert reserved(name)


@pytest.mark.parametrize(
    "name",
    [
        "Anna",
        "Jonas Meyer",
        "Bote",
        "Kleinstadt",
        "Badminton Fan",
        "Modesty",
        "Edith",
        "Иван",
        "x",
        "Ada Lovelace",
        "Moderate Mike",
        "Wei Li",
        "李伟",
        "محمد",
        "❤️",
        "Stafford",
        "O'Brien",
        "Al",
    ],
)
def test_other_names_are_anybodys(name: str) -> None:
    assert not reserved(name)
