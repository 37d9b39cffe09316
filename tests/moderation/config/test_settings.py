"""The environment, read once: complete, or a sentence."""

from pathlib import Path

import pytest

from moderation.config.environment import InvalidSettings
from moderation.config.settings import Provider, Settings


def test_nothing_set_is_a_whole_parley_on_this_machine() -> None:
    settings = Settings.read({})

    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{Path('var').absolute() / 'parley.db'}"
    assert settings.submit_limit == "30 per minute"
    assert settings.redis_url is None


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "PARLEY_PORT",
            "http",
            "PARLEY_PORT is 'http', but must be a whole number from 1",
        ),
        ("PARLEY_PORT", "65536", "must be a whole number from 1 to 65535"),
        ("PARLEY_PROT", "8001", "PARLEY_PROT is not a setting; did you mean PARLEY_PORT?"),
        ("PARLEY_DATABASE_URL", "mysql://a:b@c/d", "PARLEY_DATABASE_URL is 'mysql://a:...@c/d'"),
        ("PARLEY_DATABASE_URL", "postgresql://c/d", "postgresql+psycopg://user"),
        ("PARLEY_REDIS_URL", "http://redis", "redis://"),
        ("PARLEY_SECRET_KEY", "short", "PARLEY_SECRET_KEY has 5 characters"),
        ("PARLEY_SUBMIT_LIMIT", "many", "PARLEY_SUBMIT_LIMIT is 'many', but must be a rate"),
        ("PARLEY_SUBMIT_LIMIT", "0 per minute", "must be a rate"),
        ("PARLEY_TRUSTED_PROXIES", "proxy", "PARLEY_TRUSTED_PROXIES is 'proxy'"),
        ("PARLEY_PUBLIC_URL", "comments.example", "PARLEY_PUBLIC_URL is 'comments.example'"),
    ],
)
def test_wrong_setting_is_named_with_what_would_be_right(
    name: str, value: str, message: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        Settings.read({name: value})

    assert message in str(refused.value)


OIDC = {
    "PARLEY_OIDC_ISSUER": "https://id.example.org/realm",
    "PARLEY_OIDC_CLIENT_ID": "parley",
    "PARLEY_OIDC_CLIENT_SECRET": "known to both",
}


def test_a_provider_is_set_whole_and_its_secret_is_not_printed() -> None:
    settings = Settings.read(OIDC)

    assert settings.provider == Provider("https://id.example.org/realm", "parley", "known to both")
    assert "known to both" not in repr(settings)
    assert Settings.read({}).provider is None


@pytest.mark.parametrize("host", ["127.0.0.2:9000", "[::1]", "id.localhost:9000"])
def test_a_provider_on_this_machine_is_asked_by_http_too(host: str) -> None:
    settings = Settings.read({**OIDC, "PARLEY_OIDC_ISSUER": f"http://{host}/realm"})

    assert settings.provider == Provider(f"http://{host}/realm", "parley", "known to both")


@pytest.mark.parametrize("missing", list(OIDC))
def test_half_a_provider_is_refused(missing: str) -> None:
    with pytest.raises(InvalidSettings, match=f"{missing} is not set: set all three of"):
        Settings.read({name: value for name, value in OIDC.items() if name != missing})


@pytest.mark.parametrize(
    "issuer", ["id.example.org", "http://id.example.org", "https://", "ftp://a"]
)
def test_a_provider_is_asked_by_https_only(issuer: str) -> None:
    with pytest.raises(InvalidSettings, match="your provider's https address"):
        Settings.read({**OIDC, "PARLEY_OIDC_ISSUER": issuer})


@pytest.mark.parametrize(
    ("value", "limit"),
    [("off", None), ("5/second", "5/second"), ("10 per 2 hours", "10 per 2 hours")],
)
def test_limit_is_a_rate_or_off(value: str, limit: str | None) -> None:
    assert Settings.read({"PARLEY_SUBMIT_LIMIT": value}).submit_limit == limit
