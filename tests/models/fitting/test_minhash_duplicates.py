import pytest

from models.fitting.minhash_duplicates import duplicate_groups

LONG = "the committee met on tuesday and spoke about the old bridge by the river for two hours"


def test_texts_that_differ_in_one_word_of_many_are_one_group() -> None:
    groups = duplicate_groups(
        [LONG, "a different thing altogether", LONG.replace("two", "six"), ""]
    )

    assert groups[0] == groups[2]
    assert len(set(groups.tolist())) == 3


def test_duplicates_of_duplicates_are_one_group() -> None:
    chain = [LONG, LONG.replace("two", "six"), LONG.replace("two", "six").replace("old", "new")]

    assert len(set(duplicate_groups(chain).tolist())) == 1


@pytest.mark.parametrize("disguised", [LONG.upper(), LONG.replace("a", "\u0430"), f"{LONG}\u200b"])
def test_what_the_normaliser_undoes_makes_no_difference(disguised: str) -> None:
    first, second = duplicate_groups([LONG, disguised])

    assert first == second


def test_texts_of_two_batches_find_one_another() -> None:
    others = [f"comment number {number} about bridge {number * 7}" for number in range(2_000)]

    groups = duplicate_groups([LONG, *others, LONG])

    assert groups[0] == groups[-1]
