"""The one rule for e-mail addresses: moderators', those of digests, and the server's own."""

import importlib
import string
from functools import cache
from types import ModuleType

_LOWER_CASE = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
MAX_LENGTH = 254  # RFC 5321 with its errata: an address of 256 characters in angle brackets


class InvalidEmailAddress(ValueError):
    """The text is no e-mail address; the sentence says what one is."""


def email_address(value: str) -> str:
    """Return the address in ASCII, without spaces around it.

    The domain may be written in any script; it is returned in lower case and in its ASCII form
    (IDNA 2008). Not every mail server takes other letters before the @ (SMTPUTF8, RFC 6531), so
    they are refused. Nothing is looked up in the DNS.

    Raises:
        InvalidEmailAddress: It is none.
    """
    library = _email_validator()
    try:
        address = library.validate_email(
            value.strip(),
            allow_smtputf8=False,
            check_deliverability=False,
            globally_deliverable=False,
        )
    except library.EmailNotValidError as error:
        sentence = (
            "an e-mail address is name@host, without accents or spaces in the name, "
            f"at most {MAX_LENGTH} characters"
        )
        raise InvalidEmailAddress(sentence) from error
    return f"{address.ascii_local_part}@{address.ascii_domain}"


def same_mailbox(value: str) -> frozenset[str]:
    """Return every spelling under which a moderator with this address may be stored.

    Only the letters A to Z are folded: no other character is equal to one of them, although
    Unicode's lower case of the Kelvin sign is a k. The address as it was typed is one of them:
    those that were stored before there was the rule of `email_address` still sign in.
    """
    typed = value.strip().translate(_LOWER_CASE)
    if not typed.isprintable():
        return frozenset()
    try:
        address = email_address(typed)
    except InvalidEmailAddress:
        return frozenset((typed,))
    return frozenset((typed, address)) if _is_same_host(typed, address) else frozenset((typed,))


@cache
def _email_validator() -> ModuleType:
    # By name: it is a tenth of the start of every command, and few read an address.
    library = importlib.import_module("email_validator")
    # The library refuses names such as `localhost` and `corp.local`. A newspaper's own mail server
    # may have one, and the operator knows. To change this list is the library's documented way.
    library.SPECIAL_USE_DOMAIN_NAMES.clear()
    return library


def _is_same_host(typed: str, address: str) -> bool:
    """Whether the domain was in ASCII, or its ASCII form shows that it was not."""
    labels = [value.rpartition("@")[2].split(".") for value in (typed, address)]
    return len(labels[0]) == len(labels[1]) and all(
        written == ascii_form if written.isascii() else ascii_form.startswith("xn--")
        for written, ascii_form in zip(*labels, strict=True)
    )
