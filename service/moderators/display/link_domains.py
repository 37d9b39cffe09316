"""Where the links of a text lead."""

from urllib.parse import urlsplit

from moderation.sites import origin_of
from service.http.plain_text import addresses


def domains(text: str) -> list[str]:
    """The hosts of its addresses, each once, as a browser would look them up.

    A host that only looks like another is seen by its real letters: xn--...
    """
    origins = (origin_of(address) for address in addresses(text))
    hosts = (urlsplit(origin).hostname for origin in origins if origin)
    return list(dict.fromkeys(host for host in hosts if host))
