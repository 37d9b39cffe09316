"""Whose key a program sends, wherever it carries it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from moderation.keys import hash_token
from moderation.sites import Site
from service.problems.errors import WrongKey
from service.scoring.score_keys import site_of_key


@dataclass(frozen=True, slots=True)
class Sender:
    """The site whose key it is, and the key as its uses are counted by."""

    site: Site
    key_hash: str


def sender_of(fields: Mapping[str, str], key: str | None) -> Sender:
    """The holder of the key.

    Args:
        fields: Of the body, or of the query.
        key: That of the path; None where it has none. Then it is in the fields, or the first part
            of the host's name.

    Raises:
        WrongKey: There is no key, or it is no site's.
        RateLimitExceeded: The key has asked too much.
    """
    sent = key or fields.get("api_key") or fields.get("key") or _key_in_host()
    if not sent.strip():
        sentence = "Empty API key: `parley site key NAME --scope score` makes one"
        raise WrongKey(sentence)
    return Sender(site_of_key(sent.strip()), hash_token(sent.strip())[:32])


def _key_in_host() -> str:
    first, _, rest = request.host.partition(".")
    return first if rest else ""
