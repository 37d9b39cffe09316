"""What a request asks for, checked: raises InvalidQuery for what cannot be meant."""

from service.errors import InvalidQuery

MOST = 10**9 - 1  # of versions and numbers of rows: any column holds it
_DIGITS = 18  # Python refuses to read thousands of them


def whole_number(value: str, field: str, *, most: int = MOST, least: int = 0) -> int:
    """Raises InvalidQuery, for the digits of other scripts too."""
    is_number = value.isascii() and value.isdigit() and len(value) <= _DIGITS
    if not is_number or not least <= int(value) <= most:
        sentence = f"{field} must be a whole number from {least} to {most}"
        raise InvalidQuery(sentence, field=field)
    return int(value)
