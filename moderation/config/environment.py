"""Parse the variables of the environment; each that is wrong is refused with a sentence."""

import difflib
import ipaddress
from collections.abc import Collection, Mapping, Sequence
from typing import NoReturn

from moderation.limits.rates import is_rate
from moderation.networks import Network, unmapped_network
from moderation.notifications.wording import counted

# The variables that are set, by name; one that is empty is not set.
Variables = Mapping[str, str]
MIN_SECRET = 32  # characters


class InvalidSettings(ValueError):
    """A setting is wrong; the sentence names the variable, its value and what would be right."""


def refuse(name: str, value: str, right: str, cause: Exception | None = None) -> NoReturn:
    """Raise InvalidSettings for a variable's value.

    Args:
        name: The variable.
        value: Its value, without any password: see `service_urls.without_password`.
        right: What it must be, as the end of a sentence.
        cause: What was raised by it, if anything.
    """
    sentence = f"{name} is {value!r}, but must be {right}"
    raise InvalidSettings(sentence) from cause


def refuse_misspelt(variables: Variables, names: Collection[str]) -> None:
    """Raise InvalidSettings for a variable of ours whose name is nearly one of these."""
    for name in variables:
        if not name.startswith("PARLEY_") or name in names:
            continue
        if close := difflib.get_close_matches(name, names, n=1, cutoff=0.8):
            sentence = f"{name} is not a setting; did you mean {close[0]}?"
            raise InvalidSettings(sentence)


def all_or_none(variables: Variables, names: Sequence[str]) -> list[str] | None:
    """Return the values of two or three variables, None where none of them is set.

    Raises:
        InvalidSettings: Only some of them are set.
    """
    missing = [name for name in names if name not in variables]
    if len(missing) == len(names):
        return None
    if missing:
        all_of_them = "both" if len(names) == 2 else "all three"
        sentence = f"{missing[0]} is not set: set {all_of_them} of {', '.join(names)}, or none"
        raise InvalidSettings(sentence)
    return [variables[name].strip() for name in names]


def whole_number(variables: Variables, name: str, default: int, highest: int) -> int:
    """Return a number from 1 to `highest`, or InvalidSettings."""
    value = variables.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= highest:
        refuse(name, value, f"a whole number from 1 to {highest}")
    return int(value)


def secret_key(variables: Variables) -> str | None:
    """Return PARLEY_SECRET_KEY, None where it is not set."""
    value = variables.get("PARLEY_SECRET_KEY")
    if value is not None and len(value) < MIN_SECRET:
        length = counted(len(value), "character")
        sentence = (
            f"PARLEY_SECRET_KEY has {length}, but needs at least {MIN_SECRET}"
            " random ones: python3 -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"
        )
        raise InvalidSettings(sentence)
    return value


def rate_limit(variables: Variables, name: str, default: str) -> str | None:
    """Return a rate such as `30 per minute`, None for `off`."""
    value = variables.get(name, default).strip()
    if value.lower() == "off":
        return None
    if not is_rate(value):
        refuse(name, value, "a rate such as '30 per minute', or 'off'")
    return value


def on_or_off(variables: Variables, name: str) -> bool:
    """Return False for `off`, True for `on` and where it is not set; else InvalidSettings."""
    value = variables.get(name, "on").strip().lower()
    if value not in ("on", "off"):
        refuse(name, value, "'on' or 'off'")
    return value == "on"


def networks(variables: Variables, name: str) -> tuple[Network, ...]:
    """Return the addresses and networks of a list with commas; none where it is not set."""
    value = variables.get(name, "")
    try:
        return tuple(
            unmapped_network(ipaddress.ip_network(part.strip()))
            for part in value.split(",")
            if part.strip()
        )
    except ValueError as error:
        refuse(name, value, "addresses or networks, as 10.0.0.1, 10.1.0.0/16", error)
