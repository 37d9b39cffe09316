import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.features.normalise import HEAD_CHARACTERS, TAIL_CHARACTERS, cut, normalise

ANY_TEXT = st.text(st.characters(codec=None), max_size=300)
MOST = HEAD_CHARACTERS + TAIL_CHARACTERS + 1


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("STUPID", "stupid"),
        ("ｓｔｕｐｉｄ", "stupid"),
        ("stu\u200bpid", "stupid"),
        ("stu\u00adpid", "stupid"),
        ("\u202estupid\u202c", "stupid"),
        ("stu\x00pid", "stupid"),
        ("stu\rpid", "stupid"),
        ("s\U0001d173t\ufff9u\U0001bca0p\ufffci\u2065d", "stupid"),
        ("s\u2800t\u2800u\u2800p\u2800i\u2800d", "stupid"),
        ("you\u2800stupid\u3164man", "you stupid man"),
        ("s\u0336t\u0336u\u0336p\u0336i\u0336d\u0336", "stupid"),
        ("stúpïd", "stupid"),
        ("ѕtuрid", "stupid"),
        ("stυpιd", "stupid"),
        ("s t u p i d", "stupid"),
        ("s.t.u.p.i.d", "stupid"),
        ("s-t-u-p-i-d", "stupid"),
        ("stup1d", "stupid"),
        ("$tupid", "stupid"),
        ("@sshole", "asshole"),
        ("a$$", "ass"),
        ("stuuuuupid", "stupid"),
        ("stupid!!!!", "stupid!"),
    ],
)
def test_a_disguise_is_undone(disguised: str, plain: str) -> None:
    assert normalise(disguised) == plain


@pytest.mark.parametrize(
    "text",
    [
        "привет, как дела",
        "καλημέρα",
        "i am a reader",
        "the 2nd of may, at 10:30",
        "it costs $5 or 15 %",
        "日本語",
        "",
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert normalise(text) == text.replace("έ", "ε")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("see https://example.com/a?b=c now", "see <link> now"),
        ("www.example.com", "<link>"),
        ("write to jo.doe+x@example.com", "write to <email>"),
        ("@joe you are right", "<mention> you are right"),
    ],
)
def test_links_and_addresses_become_tokens(text: str, tokens: str) -> None:
    assert normalise(text) == tokens


def test_a_long_text_is_cut_to_its_head_and_tail() -> None:
    text = "a" * HEAD_CHARACTERS + "b" * 5_000_000 + "c" * TAIL_CHARACTERS

    assert cut(text) == "a" * HEAD_CHARACTERS + " " + "c" * TAIL_CHARACTERS


@given(ANY_TEXT)
@example("\ud800")
@example("\x00")
@example("ﷺ" * 300)
def test_any_text_gives_single_spaced_text_without_controls(text: str) -> None:
    plain = normalise(text)

    assert plain == " ".join(plain.split())
    assert not set(plain) & set("\x00\u200b\u202e\u0301")


@given(st.text(st.characters(codec=None), min_size=1, max_size=3))
def test_a_text_of_any_repeated_characters_is_bounded(unit: str) -> None:
    assert len(normalise(unit * (65_536 // len(unit)))) <= 4 * MOST


@given(ANY_TEXT)
def test_normalising_knows_no_state(text: str) -> None:
    assert normalise(text) == normalise(text)
