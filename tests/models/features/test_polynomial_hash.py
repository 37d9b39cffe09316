import numpy as np
import pytest

from models.features.polynomial_hash import inverse_powers, mix32, powers, prefix_sums


@pytest.mark.parametrize("count", [1, 5, 70_000])  # more than the table holds
def test_a_power_times_its_inverse_is_one(count: int) -> None:
    assert (powers(count) * inverse_powers(count)[:count] == 1).all()


def test_more_powers_than_the_table_holds_continue_it() -> None:
    assert np.array_equal(powers(70_000)[:5], powers(5))


def test_sums_wrap_and_begin_with_zero() -> None:
    sums = prefix_sums(np.array([1, 2**64 - 1, 5], dtype=np.uint64))

    assert sums.tolist() == [0, 1, 0, 5]


def test_mixing_keeps_different_hashes_different() -> None:
    hashes = np.arange(100_000, dtype=np.uint32)

    assert len(np.unique(mix32(hashes))) == len(hashes)
