"""A comment in one line of a terminal."""

_MOST = 160  # characters


def short_line(text: str) -> str:
    """Printable, on one line and short: a text of strangers does not steer the terminal."""
    printable = "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
    return printable if len(printable) <= _MOST else f"{printable[: _MOST - 1]}…"
