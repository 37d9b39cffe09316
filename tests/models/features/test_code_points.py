import pytest

from models.features.code_points import (
    code_points,
    has_no_space_inside,
    spaces_before,
    word_runs,
)


def words(*texts: str) -> list[str]:
    points = code_points(texts)
    runs = zip(*word_runs(points), strict=True)
    return ["".join(map(chr, points.codes[start:end])) for start, end in runs]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("it's 2 late!!", ["it's", "2", "late", "!!"]),
        ("<link>", ["<", "link", ">"]),
        ("привет 日本語", ["привет", "日本語"]),
        ("\ud800a", ["\ud800", "a"]),
    ],
)
def test_a_word_is_a_run_of_letters_or_of_signs(text: str, runs: list[str]) -> None:
    assert words(text) == runs


def test_no_word_reaches_from_one_text_to_the_next() -> None:
    assert words("one", "two") == ["one", "two"]


def test_each_text_stands_between_two_spaces_and_owns_them() -> None:
    points = code_points(["a", "bc"], owner_step=8)

    assert "".join(map(chr, points.codes)) == " a  bc "
    assert points.owners.tolist() == [0, 0, 0, 8, 8, 8, 8]


def test_an_ngram_may_begin_or_end_with_a_space_but_holds_none() -> None:
    spaces = spaces_before(code_points(["ab c"]))  # " ab c "

    assert spaces.tolist() == [0, 1, 1, 1, 2, 2, 3]
    assert has_no_space_inside(spaces, 3).tolist() == [True, True, False, True]
    assert has_no_space_inside(spaces, 7).tolist() == []
