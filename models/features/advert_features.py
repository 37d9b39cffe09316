"""Signs of an advertisement in a text, counted by kind: calls to act, offers, numbers, currencies.

The words are few and general, so that a model that knows the spam of one place knows some of
another's.
"""

import re
from itertools import groupby

_CALLS = (
    *("add me", "buy", "call", "check me out", "check out", "check this out", "check it out"),
    *("checkout", "claim", "click", "download", "earn", "follow", "get free", "get it"),
    *("get your", "go to", "help me", "join", "like my", "like this", "order", "register"),
    *("reply", "share", "sign up", "signup", "sub to", "subscribe", "support", "text"),
    *("thumbs up", "txt", "visit", "watch my", "win"),
)
_OFFERS = (
    *("award", "awarded", "bitcoin", "bonus", "cash", "casino", "cheap", "cialis", "congrats"),
    *("congratulations", "credit", "crypto", "dating", "deal", "deals", "discount", "dollar"),
    *("dollars", "earn", "forex", "free", "gift", "guarantee", "guaranteed", "income"),
    *("investment", "jackpot", "loan", "loans", "lottery", "money", "offer", "offers", "online"),
    *("pills", "pound", "pounds", "prize", "prizes", "profit", "reward", "rewards", "sale", "seo"),
    *("singles", "viagra", "voucher", "winner", "won"),
)
_DOMAINS = "com|net|org|info|biz|ru|tk|co|tv|me|ly|uk|io|us|xyz|pl|de|in"
_CURRENCIES = "£€"  # beside the dollar


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """After a space; grouped by first letter, so that most words fail at their first letter."""
    by_letter = groupby(sorted(phrases), key=lambda phrase: phrase[0])
    branches = [
        f"{letter}(?:{'|'.join(phrase[1:] for phrase in group)})" for letter, group in by_letter
    ]
    return re.compile(f" (?:{'|'.join(branches)})\\b")


_CALL = _any_of(_CALLS)
_OFFER = _any_of(_OFFERS)
# A telephone number, or its short code.
_LONG_NUMBER = re.compile(r"\d{5,}+")
_LEAST_DIGITS = 5
_BARE_DOMAIN = re.compile(rf"\.(?<=\w\.)(?:{_DOMAINS})\b")


def advert_counts(raw: str, plain: str, digits: int) -> tuple[int, int, int, int]:
    """Count the signs of an advertisement.

    Args:
        raw: The text as written.
        plain: The normalised text.
        digits: How many ASCII digits `raw` has.

    Returns:
        The numbers of calls to act, offers, long numbers and currency signs.
    """
    spaced = f" {plain}"
    return (
        len(_CALL.findall(spaced)),
        len(_OFFER.findall(spaced)),
        len(_LONG_NUMBER.findall(raw)) if digits >= _LEAST_DIGITS else 0,
        raw.count("$") + (0 if raw.isascii() else sum(map(raw.count, _CURRENCIES))),
    )


def has_address(plain: str) -> bool:
    """Tell whether a normalised text has a link or a bare domain.

    Args:
        plain: The normalised text.

    Returns:
        True where there is one.
    """
    return "<link>" in plain or _BARE_DOMAIN.search(plain) is not None
