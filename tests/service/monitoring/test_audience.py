"""Strangers learn whether Parley is well, and nothing about the machines it runs on."""

import ipaddress
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.web_app import MakeApp

INTERNAL = ipaddress.ip_network("10.1.0.0/16")
PROXY = ipaddress.ip_network("127.0.0.1/32")
AWAY = {"database_url": "sqlite:////nowhere/x.db", "redis_url": "redis://127.0.0.1:1/0"}


def ask(app: Flask, path: str, peer: str, forwarded: str | None = None) -> TestResponse:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return app.test_client().get(path, headers=headers, environ_base={"REMOTE_ADDR": peer})


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted"),
    [
        ("198.51.100.7", None, ()),
        ("10.1.0.1", None, ()),
        ("127.0.0.1", "198.51.100.7", ()),
        ("127.0.0.1", "127.0.0.1", ()),
        ("127.0.0.1", "198.51.100.7", (PROXY,)),
        ("127.0.0.1", "nonsense", (PROXY,)),
        ("", None, ()),
    ],
)
def test_strangers_get_no_cause(
    make_app: MakeApp, peer: str, forwarded: str | None, trusted: tuple[Any, ...]
) -> None:
    answer = ask(make_app(trusted_proxies=trusted, **AWAY), "/readyz", peer, forwarded)

    assert answer.status_code == 503
    assert all(state.startswith("not ok: ") for state in (answer.json or {})["checks"].values())
    for internal in ("nowhere", "127.0.0.1", "Connection", "Errno"):
        assert internal not in answer.text


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.0.1"])
def test_this_machine_and_the_networks_named_get_the_cause(make_app: MakeApp, peer: str) -> None:
    answer = ask(make_app(monitoring_networks=(INTERNAL,), **AWAY), "/readyz", peer)

    assert "/nowhere/x.db" in (answer.json or {})["checks"]["database"]


@pytest.mark.parametrize("name", ["X-Real-IP", "Forwarded"])
def test_reader_behind_a_proxy_that_names_them_otherwise_is_a_stranger(
    make_app: MakeApp, name: str
) -> None:
    app = make_app(trusted_proxies=(PROXY,), monitoring_networks=(INTERNAL,))
    answer = app.test_client().get(
        "/metrics", headers={name: "198.51.100.7"}, environ_base={"REMOTE_ADDR": "127.0.0.1"}
    )

    assert answer.status_code == 403


def test_metrics_are_open_until_networks_are_named(make_app: MakeApp) -> None:
    closed = make_app(monitoring_networks=(INTERNAL,))

    assert ask(make_app(), "/metrics", "198.51.100.7").status_code == 200
    assert ask(closed, "/metrics", "10.1.0.1").status_code == 200
    assert ask(closed, "/metrics", "127.0.0.1").status_code == 200
    assert ask(closed, "/metrics", "198.51.100.7").status_code == 403
    assert ask(closed, "/metrics", "127.0.0.1", forwarded="10.1.0.1").status_code == 403


def test_what_a_client_invents_becomes_no_label(client: FlaskClient) -> None:
    client.open("/healthz", method="INVENTED")
    client.get("/invented/path")
    client.get("/v1/comments?site=invented&page=/invented", headers={"Host": "invented.example"})

    figures = client.get("/metrics").text

    assert "invented" not in figures.lower()
    assert 'method="other"' in figures
