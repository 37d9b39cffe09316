"""Where somebody lives, or is called: a street with a number, a telephone number, beside a person.

An address alone is a shop's. What exposes a person is their name or "lives at" beside it.
"""

import re

NO_ADDRESS, ADDRESS, PERSON_AT_ADDRESS, HOME_ADDRESS, PERSON_AT_NUMBER = range(5)

_STREETS = "alley avenue boulevard close court crescent drive lane place road square street terrace"
_STREETS = f"{_STREETS} way ave blvd ct dr ln rd sq st".replace(" ", "|")
# A digit first, which is quickly looked for, and then what is before it.
_NUMBER = r"\d(?<![\w.,-].)\d{0,4}[A-Za-z]?,? "
# Two alternatives: "27 Elm Street", and "27 elm street" where the word means nothing else.
_ADDRESS = re.compile(
    rf"{_NUMBER}(?:(?:[A-Z][\w.'-]*+ ){{1,3}}(?i:{_STREETS})\b"
    r"|(?!the |of )[a-z]{3,}+ (?:avenue|boulevard|crescent|lane|street|road)\b)"
)
_TELEPHONE = re.compile(r"(?<![\w.,/-])\+?\(?\d(?:[ ()-]{0,2}\d){6,13}+(?![\w/-])")
_CALLS = re.compile(r"\b(?:call|cell|mobile|number|phone|phoned|ring|telephone)\b")
_LEAST_DIGITS_OF_A_TELEPHONE = 7
_LIVES = re.compile(
    r"\b(?:lives?|living|resides|stays|sleeps|home (?:address|is)|house is|address (?:is|of))\b"
)
_PERSON = re.compile(r"\b(?:he|him|his|her|hers|she|mr|mrs|ms|mister|this (?:guy|man|woman))\b")
_NAME = re.compile(rf"(?<!\d )(?<!\d, )\b[A-Z][a-z]++ [A-Z][a-z]++\b(?! (?i:{_STREETS})\b)")
_ENDS_AS_STREET = re.compile(rf" (?i:{_STREETS})$")


def home_address(raw: str, plain: str, digits: int) -> int:
    """Tell whether a text says where a person lives, or their telephone number.

    Args:
        raw: The text as written.
        plain: The normalised text.
        digits: How many ASCII digits `raw` has.

    Returns:
        NO_ADDRESS, ADDRESS without a person, PERSON_AT_ADDRESS, HOME_ADDRESS or PERSON_AT_NUMBER.
    """
    if not digits:
        return NO_ADDRESS
    if _ADDRESS.search(raw):
        if _LIVES.search(plain):
            return HOME_ADDRESS
        return PERSON_AT_ADDRESS if _names_person(raw, plain) else ADDRESS
    if digits < _LEAST_DIGITS_OF_A_TELEPHONE or not _CALLS.search(plain):
        return NO_ADDRESS
    exposed = _TELEPHONE.search(raw) and _names_person(raw, plain)
    return PERSON_AT_NUMBER if exposed else NO_ADDRESS


def _names_person(raw: str, plain: str) -> bool:
    return _PERSON.search(plain) is not None or any(
        not _ENDS_AS_STREET.search(name) for name in _NAME.findall(raw)
    )
