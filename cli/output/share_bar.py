"""A share as a bar of a terminal."""

from rich.text import Text


def share_bar(share: float | None, length: int = 20) -> Text:
    if share is None:
        return Text("none")
    full = round(share * length)
    return Text.assemble("█" * full, ("░" * (length - full), "dim"), f" {share:6.1%}")
