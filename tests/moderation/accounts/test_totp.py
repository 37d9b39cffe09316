"""Codes that change with time, as RFC 6238 has them."""

from datetime import UTC, datetime, timedelta

import pytest
from pyotp import TOTP

from moderation.accounts.moderators import WrongCode
from moderation.accounts.totp import (
    base32,
    matching_step,
    new_recovery_codes,
    provisioning_uri,
    recovery_code,
    secret_from_token,
)
from tests.support.clock import START

SECRET = b"12345678901234567890"  # of RFC 6238, appendix B
STEP = int(START.timestamp()) // 30


def code_at(step: int) -> str:
    return TOTP(base32(SECRET)).at(step * 30)


@pytest.mark.parametrize(
    ("seconds", "code"),  # the last six digits of the RFC's eight
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    assert matching_step(SECRET, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize("away", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_wrong(away: int) -> None:
    code = code_at(STEP + away)

    assert matching_step(SECRET, f"{code[:3]} {code[3:]}", START) == STEP + away


@pytest.mark.parametrize("away", [-2, 2])
def test_a_code_of_another_minute_is_wrong(away: int) -> None:
    with pytest.raises(WrongCode):
        matching_step(SECRET, code_at(STEP), START + timedelta(seconds=30 * away))


@pytest.mark.parametrize("code", ["", "12345", "1234567", "é" * 6, "١٢٣٤٥٦"])
def test_what_is_no_code_is_wrong(code: str) -> None:
    with pytest.raises(WrongCode):
        matching_step(SECRET, code, START)


def test_an_authenticator_reads_name_and_secret() -> None:
    secret = secret_from_token("ab" * 32)

    assert base32(SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert provisioning_uri(secret, "Anna & Bea/?") == (
        f"otpauth://totp/Parley:Anna%20%26%20Bea/%3F?secret={base32(secret)}&issuer=Parley"
    )


def test_recovery_codes_are_many_long_and_read_however_they_are_typed() -> None:
    codes = new_recovery_codes()

    assert len(set(codes)) == 10
    assert all(len(code) == 19 for code in codes)
    assert recovery_code(f" {codes[0].lower().replace('-', ' ')}\n") == codes[0]
