"""The chain of the audit log: what fits on what, and what gives a change away."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from moderation.audit_chain import (
    FIRST,
    AuditAction,
    AuditEntry,
    AuditRow,
    BrokenChain,
    Chain,
    chained,
    verify_chain,
)
from tests.support.clock import START

Rows = list[AuditRow]


def chain_of(number: int) -> Rows:
    rows: Rows = []
    chain = Chain(0, FIRST)
    for at in range(number):
        entry = AuditEntry(
            "operator", AuditAction.SITE_KEY_MADE, f"site {at}", {"key": at}, {"key": at + 1}
        )
        rows.append(chained(entry, START, chain))
        chain = Chain(rows[-1].number, rows[-1].hash)
    return rows


def test_a_chain_that_holds_ends_with_the_newest_hash() -> None:
    rows = chain_of(3)

    assert verify_chain(rows) == Chain(3, rows[-1].hash)
    assert verify_chain([]) == Chain(0, FIRST)


def test_no_two_rows_are_sealed_alike() -> None:
    entries = [
        AuditEntry("ab", AuditAction.SIGNED_IN, "c"),
        AuditEntry("a", AuditAction.SIGNED_IN, "bc"),
    ]

    hashes = {chained(entry, START, Chain(0, FIRST)).hash for entry in entries}

    assert len(hashes) == 2


def resealed(row: AuditRow, on: str) -> AuditRow:
    return chained(
        AuditEntry("operator", AuditAction.SITE_KEY_MADE, on), START, Chain(1, row.previous_hash)
    )


@pytest.mark.parametrize(
    ("tamper", "number", "why"),
    [
        (lambda rows: [rows[0], replace(rows[1], subject="site x"), rows[2]], 2, "was changed"),
        (lambda rows: [rows[0], replace(rows[1], before=None), rows[2]], 2, "was changed"),
        (lambda rows: [rows[0], replace(rows[1], actor="operato"), rows[2]], 2, "was changed"),
        (lambda rows: [rows[0], resealed(rows[1], "site x"), rows[2]], 3, "does not follow"),
        (lambda rows: [rows[0], rows[2]], 2, "is missing"),
        (lambda rows: rows[1:], 1, "is missing"),
        (lambda rows: [rows[0], rows[0], *rows[1:]], 2, "is missing"),
    ],
)
def test_the_first_row_that_does_not_fit_is_named(
    tamper: Callable[[Rows], Rows], number: int, why: str
) -> None:
    with pytest.raises(BrokenChain, match=why) as broken:
        verify_chain(tamper(chain_of(3)))

    assert broken.value.number == number


def test_missing_rows_at_the_end_show_by_a_hash_noted_earlier() -> None:
    rows = chain_of(3)
    noted = rows[-1].hash

    assert verify_chain(rows[:2]) == Chain(2, rows[1].hash)
    assert verify_chain(rows, must_have=noted).rows == 3
    with pytest.raises(BrokenChain, match="row 3 is missing, or the log was written anew"):
        verify_chain(rows[:2], must_have=noted)
