"""The URLs among the settings: taken as they will work, or refused with what would."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from moderation.config.environment import InvalidSettings
from moderation.config.service_urls import without_password
from moderation.config.settings import Settings
from moderation.redis_clients import can_connect_by

FOLDERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/"), min_size=1)


@pytest.mark.parametrize(
    ("value", "public_url"),
    [
        ("https://comments.example", "https://comments.example"),
        ("https://comments.example/", "https://comments.example"),
        ("https://Comments.Example:443", "https://comments.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
    ],
)
def test_public_address_is_spelt_as_browsers_do(value: str, public_url: str) -> None:
    assert Settings.read({"PARLEY_PUBLIC_URL": value}).public_url == public_url


@pytest.mark.parametrize(
    "value",
    [
        *("https://comments.example/comments", "https://comments.example/comments/"),
        *("https://comments.example:99999", "https://comments.example:0", "https://c.example:x"),
        *("https://user:pw@comments.example", "https://user@comments.example"),
        *("https://comments.example?x=1", "https://comments.example/#x", "https://c.example/?"),
        *("comments.example", "//comments.example", "https://", "https:/", "ftp://c.example"),
        *("https://*.example", "capacitor://localhost", "https://a b", "http://[::1", "null"),
    ],
)
def test_public_address_that_cannot_be_served_is_refused(value: str) -> None:
    with pytest.raises(InvalidSettings, match=r"PARLEY_PUBLIC_URL is .* without a path") as refused:
        Settings.read({"PARLEY_PUBLIC_URL": value})

    assert ":pw@" not in str(refused.value)


@given(FOLDERS)
def test_database_is_in_the_folder_whatever_its_name(folder: str) -> None:
    var = Path("/srv", folder, "var")

    settings = Settings.read({"PARLEY_VAR": str(var)})

    if folder.strip():  # else the variable would be no path at all
        assert make_url(settings.database_url).database == os.fspath(settings.var / "parley.db")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARLEY_DATABASE_URL", "sqlite:////srv/what?now/x.db"),
        ("PARLEY_DATABASE_URL", "sqlite:////srv/hash#tag/x.db"),
        ("PARLEY_DATABASE_URL", "sqlite://"),
        ("PARLEY_DATABASE_URL", "postgresql+psycopg://user:secret@host:port/d"),
        ("PARLEY_DATABASE_URL", "postgresql+psycopg://user:secret@host:99999/d"),
        ("PARLEY_REDIS_URL", "redis://:secret/more@host:1"),
        ("PARLEY_REDIS_URL", "redis://host:port"),
        ("PARLEY_REDIS_URL", "redis:/host"),
        ("PARLEY_REDIS_URL", "unix:///My Papers/redis.sock"),
        ("PARLEY_REDIS_URL", "unix:///My%20Papers/redis.sock"),
    ],
)
def test_address_that_another_program_would_misread_is_refused(name: str, value: str) -> None:
    with pytest.raises(InvalidSettings, match=name) as refused:
        Settings.read({name: value})

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1:6379/0", "redis://redis.local:1", "unix:///srv/parley/redis.sock"]
)
def test_plain_address_of_a_redis_is_taken_without_loading_its_client(url: str) -> None:
    code = (
        "import sys; from moderation.config.settings import Settings;"
        f" Settings.read({{'PARLEY_REDIS_URL': {url!r}}}); print('redis' in sys.modules)"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "False"
    assert can_connect_by(url)


def test_any_password_of_the_database_is_taken() -> None:
    url = "postgresql+psycopg://user:p/a?s#s:@host:5432/parley"

    assert Settings.read({"PARLEY_DATABASE_URL": url}).database_url == url


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_no_character_ends_what_is_masked(password: str) -> None:
    assert without_password(f"redis://user:{password}@host") == "redis://user:...@host"
