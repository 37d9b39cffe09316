import pytest

from models.features.code_points import code_points
from models.features.fuzzy_words import fuzzy_forms


def forms(text: str) -> set[int]:
    return set(fuzzy_forms(code_points([text])).hashes.tolist())


@pytest.mark.parametrize("slip", ["sutpid", "stu.pid", "stu-pid"])
def test_letters_swapped_or_parted_by_a_sign_leave_both_forms(slip: str) -> None:
    assert forms(slip) == forms("stupid")


@pytest.mark.parametrize("slip", ["stpid", "st*pid", "stupd"])
def test_a_missing_vowel_leaves_one_form(slip: str) -> None:
    assert len(forms(slip) & forms("stupid")) == 1


def test_another_word_has_other_forms() -> None:
    assert not forms("clever you") & forms("stupid")


@pytest.mark.parametrize(("length", "words"), [(3, 0), (4, 1), (16, 1), (17, 0)])
def test_words_of_four_to_sixteen_letters_have_two_forms(length: int, words: int) -> None:
    assert len(fuzzy_forms(code_points(["b" * length])).hashes) == 2 * words


def test_a_form_has_the_place_and_the_owner_of_its_word() -> None:
    words = fuzzy_forms(code_points(["hi", "so stupid"], owner_step=4))

    assert words.owners.tolist() == [4, 4]
    places = zip(words.begins.tolist(), words.ends.tolist(), strict=True)
    assert list(places) == [(8, 14), (8, 14)]
