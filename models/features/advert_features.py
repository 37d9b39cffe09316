"""Signs of an advertisement in a text, counted by kind: whichever word it is, it calls or offers.

The words are few and general. A model that knows spam of one place then knows some of another's.
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
    """After a space; those of one letter together, so that most words are left at once."""
    groups = groupby(sorted(phrases), key=lambda phrase: phrase[0])
    parts = [f"{first}(?:{'|'.join(each[1:] for each in some)})" for first, some in groups]
    return re.compile(f" (?:{'|'.join(parts)})\\b")


CALLS = _any_of(_CALLS)
OFFERS = _any_of(_OFFERS)
# A telephone number, or its short code.
_LONG_NUMBER = re.compile(r"\d{5,}+")
_LEAST_DIGITS = 5
_BARE_DOMAIN = re.compile(rf"\.(?<=\w\.)(?:{_DOMAINS})\b")


def advert_counts(raw: str, plain: str, digits: int) -> tuple[int, int, int, int]:
    """Calls to act, offers, long numbers, signs of currencies."""
    spaced = f" {plain}"
    return (
        len(CALLS.findall(spaced)),
        len(OFFERS.findall(spaced)),
        len(_LONG_NUMBER.findall(raw)) if digits >= _LEAST_DIGITS else 0,
        raw.count("$") + (0 if raw.isascii() else sum(map(raw.count, _CURRENCIES))),
    )


def has_address(plain: str) -> bool:
    """Whether there is a link or a bare domain."""
    return "<link>" in plain or _BARE_DOMAIN.search(plain) is not None
