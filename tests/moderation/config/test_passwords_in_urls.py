"""No refusal of a setting says a password, however wrongly the setting is written."""

import pytest

from moderation.config.environment import InvalidSettings
from moderation.config.settings import Settings

_PASSWORDS = (
    "{}",
    "p/{}",
    "p?{}",
    "p#{}",
    "p@{}",
    "p:{}",
    "/{}",
    "12/{}",
    "{}%",
    "%zz{}",
    "[{}",
    " {}",
)
_PLACES = ("12/{}", "/{}", "p@{}")  # without an @ after them they are host:12/path, and a host
_SECRET = "s3cretly"  # noqa: S105 nobody's
_SHAPES = (
    "{scheme}://user:{password}@host:1/0",
    "{scheme}://:{password}@host:1/0",
    "{scheme}://user:{password}@host:port/0",
    "{scheme}://user:{password}@",
    "{scheme}://user:{password}",
    "{scheme}:user:{password}@host",
    "user:{password}@host",
    "{scheme}://host:99999/0?password={password}",
    "no{scheme}://user:{password}@host/db",
)
_SCHEMES = {
    "PARLEY_DATABASE_URL": ("postgresql+psycopg", "mysql", "sqlite"),
    "PARLEY_REDIS_URL": ("redis", "rediss", "redis+sentinel", "http"),
    "PARLEY_SMTP_URL": ("smtp", "smtps", "smtp+starttls", "http"),
    "PARLEY_OIDC_ISSUER": ("https", "http"),
}
_OTHERS = {
    "PARLEY_SMTP_URL": {"PARLEY_MAIL_FROM": "parley@example.org"},
    "PARLEY_OIDC_ISSUER": {"PARLEY_OIDC_CLIENT_ID": "x", "PARLEY_OIDC_CLIENT_SECRET": "x"},
}


def printed(name: str, url: str) -> str:
    """What anybody sees of a setting, refused or taken."""
    try:
        return repr(Settings.read({name: url, **_OTHERS.get(name, {})}))
    except InvalidSettings as refusal:
        return str(refusal)


@pytest.mark.parametrize("name", _SCHEMES)
@pytest.mark.parametrize("shape", _SHAPES)
def test_a_password_is_in_no_refusal_and_in_no_print(name: str, shape: str) -> None:
    for scheme in _SCHEMES[name]:
        for pattern in _PASSWORDS:
            url = shape.format(scheme=scheme, password=pattern.format(_SECRET))
            is_place = shape == "{scheme}://user:{password}" and pattern in _PLACES
            assert is_place or _SECRET not in printed(name, url), url


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("PARLEY_REDIS_URL", "redis://:p/ss@h:1"),
        ("PARLEY_REDIS_URL", "redis://:12/ss@h:1"),
        ("PARLEY_REDIS_URL", "redis://h:1/0?db=x"),
        ("PARLEY_REDIS_URL", "redis://h:1/0?no_such_option=1"),
        ("PARLEY_REDIS_URL", "redis+sentinel://h:1,:2/parley"),
        ("PARLEY_REDIS_URL", "redis+sentinel://h:1,h:x/parley"),
        ("PARLEY_REDIS_URL", "redis+sentinel://h:1,h:2"),
        ("PARLEY_REDIS_URL", "redis+sentinel://h:1/parley/x"),
        ("PARLEY_REDIS_URL", "redis+sentinel://h:1/parley?sentinel_pasword=x"),
        ("PARLEY_DATABASE_URL", "postgresql+psycopg://u:p@ss@h/db"),
    ],
)
def test_an_address_that_a_password_breaks_is_refused_with_how_to_write_it(
    name: str, url: str
) -> None:
    with pytest.raises(InvalidSettings, match=r"in a password write : / \? # @ as %3A"):
        Settings.read({name: url})


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("PARLEY_REDIS_URL", "redis://:p%2Fss@redis:6379/0"),
        ("PARLEY_REDIS_URL", "rediss://user:pw@redis/1?ssl_cert_reqs=none"),
        ("PARLEY_REDIS_URL", "unix:///run/a@b/redis.sock?db=1"),
        ("PARLEY_REDIS_URL", "redis://[::1]:6379/0"),
        ("PARLEY_REDIS_URL", "redis+sentinel://u:p%2Fw@a:1,b,[::1]:3/parley/1?sentinel_password=x"),
        ("PARLEY_DATABASE_URL", "postgresql+psycopg://u:p%40ss@h:5432/db?sslmode=require"),
        ("PARLEY_DATABASE_URL", "postgresql+psycopg:///db?host=/run/postgresql"),
        ("PARLEY_DATABASE_URL", "sqlite:////srv/a@b/parley.db"),
    ],
)
def test_an_address_that_is_right_is_taken(name: str, url: str) -> None:
    settings = Settings.read({name: url})

    assert url in (settings.redis_url, settings.database_url)
