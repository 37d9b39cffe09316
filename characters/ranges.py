"""Ranges of code points as the inside of a regular expression's brackets."""

from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]  # first and last code point of each, rising


def ranges_of(code_points: Iterable[int]) -> Ranges:
    """The fewest ranges that hold these code points and no other."""
    ranges: list[tuple[int, int]] = []
    for code in sorted(set(code_points)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return tuple(ranges)


def character_class(*parts: Ranges, without: str = "") -> str:
    """What matches any character of the parts, to stand between [ and ].

    Args:
        parts: Ranges that may touch or overlap.
        without: Characters that shall not match.
    """
    codes = {code for part in parts for first, last in part for code in range(first, last + 1)}
    return "".join(map(_as_range, ranges_of(codes - set(map(ord, without)))))


def _as_range(ends: tuple[int, int]) -> str:
    first, last = map(_escaped, ends)
    return first if first == last else f"{first}-{last}"


def _escaped(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
