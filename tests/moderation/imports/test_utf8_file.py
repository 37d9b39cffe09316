"""Where a file is not UTF-8, also between two of its pieces."""

import io

import pytest

from moderation.imports.records import BrokenFile
from moderation.imports.utf8_file import Utf8File


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"\xff", "line 1, byte 1"),
        (b"ab\n\xc3\xa4c\xe4d", "line 2, byte 4"),
        (b"\n\nab\xe2\x82x", "line 3, byte 3"),
        ("\N{EURO SIGN}".encode() + b"\n\xe2\n", "line 2, byte 1"),
    ],
)
def test_the_place_of_the_first_wrong_byte_is_said(content: bytes, place: str, size: int) -> None:
    file = Utf8File(io.BytesIO(content))

    with pytest.raises(BrokenFile, match=f"^{place}: it is not UTF-8$"):
        list(iter(lambda: file.read(size), b""))


@pytest.mark.parametrize("size", [1, 2, 100])
def test_all_of_a_right_file_is_read(size: int) -> None:
    content = "a\N{EURO SIGN}\n\N{GRINNING FACE}".encode()
    file = Utf8File(io.BytesIO(content))

    assert b"".join(iter(lambda: file.read(size), b"")) == content


def test_a_mark_is_left_out_at_the_beginning_alone() -> None:
    file = Utf8File(io.BytesIO("\ufeff[1]\ufeff[2]".encode()))

    assert file.read(0) == b""
    assert b"".join(iter(lambda: file.read(6), b"")) == "[1]\ufeff[2]".encode()
