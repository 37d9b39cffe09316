"""The language that a request asks for."""

from flask import Request

from service.languages.reader_language import ReaderLanguage, first_of

_LONGEST_TAG = 35  # characters of a language's tag, with some to spare (RFC 5646, 4.4.1)


def asks_for_language(request: Request) -> bool:
    """Whether the request says a language at all; programs mostly do not."""
    return bool(_tags(request))


def accepted_language(request: Request) -> ReaderLanguage:
    """Return what the address says with lang=, else the first of the browser's that there is."""
    return first_of(_tags(request))


def _tags(request: Request) -> list[str]:
    tags = [request.args.get("lang", ""), *request.accept_languages.values()]
    return [tag for tag in tags if 0 < len(tag) <= _LONGEST_TAG and tag != "*"]
