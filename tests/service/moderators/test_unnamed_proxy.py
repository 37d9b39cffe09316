"""A proxy that PARLEY_TRUSTED_PROXIES does not name is noticed, and nobody is banned for it."""

import ipaddress
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from moderation.proxies import PUBLIC, proxy_warning
from moderation.storage.database.engine import Database
from moderation.storage.system.unnamed_proxies import REMEMBERED, UnnamedProxies
from moderation.storage.system.worker_heartbeats import WorkerReport, Workers
from tests.support.clock import FakeClock
from tests.support.moderator_browser import Browser
from tests.support.web_app import ORIGIN

NETWORK = ipaddress.ip_network("172.18.0.0/16")
FIELDS = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}


@pytest.fixture
def logged() -> Iterator[list[dict[str, object]]]:
    with capture_logs() as events:
        yield events  # type: ignore[misc]


def submit(client: FlaskClient, peer: str, reader: str | None = "198.51.100.7") -> TestResponse:
    headers = {"Origin": ORIGIN} | ({} if reader is None else {"X-Forwarded-For": reader})
    environ = {"REMOTE_ADDR": peer}
    return client.post("/v1/comments", json=FIELDS, headers=headers, environ_base=environ)


def ready(client: FlaskClient, database: Database, clock: FakeClock) -> TestResponse:
    Workers(database, clock).report(WorkerReport("host-1", "model-1", None))
    return client.get("/readyz")


def test_readiness_warns_and_stays_ready(
    client: FlaskClient, database: Database, clock: FakeClock
) -> None:
    assert "warnings" not in (ready(client, database, clock).json or {})

    submit(client, "172.18.0.5")
    answer = ready(client, database, clock)

    assert answer.status_code == 200
    assert "172.18.0.5" in (answer.json or {})["warnings"]["proxy"]
    assert "PARLEY_TRUSTED_PROXIES" in (answer.json or {})["warnings"]["proxy"]


def test_log_says_it_once(client: FlaskClient, logged: list[dict[str, object]]) -> None:
    for reader in ("198.51.100.7", "198.51.100.8", "nonsense"):
        submit(client, "172.18.0.5", reader)

    events = [event for event in logged if event["event"] == "proxy_not_trusted"]
    assert [event["proxy"] for event in events] == ["172.18.0.5"]


def test_no_ban_is_offered_and_moderators_read_why(client: FlaskClient, anna: Browser) -> None:
    comment_id = (submit(client, "172.18.0.5").json or {})["id"]

    page = anna.page(f"/moderate/comments/{comment_id}/author")

    assert "Apply to this address" not in page
    assert "PARLEY_TRUSTED_PROXIES" in page


def test_reader_who_poses_as_a_proxy_is_known_by_address(
    client: FlaskClient, anna: Browser
) -> None:
    comment_id = (submit(client, "198.51.100.9").json or {})["id"]

    assert "Apply to this address" in anna.page(f"/moderate/comments/{comment_id}/author")


def test_readers_addresses_are_not_kept(
    client: FlaskClient, database: Database, clock: FakeClock
) -> None:
    for number in range(3):
        submit(client, f"198.51.100.{number}")

    assert UnnamedProxies(database, clock).recent() == [PUBLIC]


def test_proxy_that_is_gone_is_forgotten(
    client: FlaskClient, database: Database, clock: FakeClock
) -> None:
    submit(client, "172.18.0.5")
    clock.advance(REMEMBERED.total_seconds() + 1)

    assert UnnamedProxies(database, clock).recent() == []


@pytest.mark.parametrize(
    ("places", "warning"),
    [
        ([], None),
        (["172.18.0.5"], None),
        (["10.0.0.1"], "forwarded by 10.0.0.1, which"),
        (["10.0.0.1", "172.18.0.5", PUBLIC], "forwarded by 10.0.0.1, which"),
        ([PUBLIC], "from public addresses"),
    ],
)
def test_warning_names_what_is_not_trusted(places: list[str], warning: str | None) -> None:
    sentence = proxy_warning(places, (NETWORK,))

    assert (sentence is None) if warning is None else (warning in (sentence or ""))
