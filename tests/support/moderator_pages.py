"""Read the moderators' pages."""

import re


def names(page: str) -> list[str]:
    return re.findall(r"<h2 [^>]*><bdi>(.*?)</bdi>", page)
