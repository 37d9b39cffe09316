"""Coral's external moderation phase: signatures, opinions by the site's policy, refusals."""

import hashlib
import hmac
import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.choices.site_languages import SiteLanguages
from moderation.clock import utc_now
from moderation.policy import SitePolicy
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.coral_secrets import CoralSecrets
from tests.support.web_app import MakeApp

OLD, NEW = "the old secret of Coral", "the new secret of Coral"
KIND = "<div>Thank you for this article.</div>"
RUDE = "<div>You are a stupid <b>idiot</b>.</div>"
TOXIC = [{"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}]


@pytest.fixture(autouse=True)
def secrets(database: Database, site: Site) -> CoralSecrets:
    """The site takes both secrets."""
    secrets = CoralSecrets(database, utc_now)
    for secret in (OLD, NEW):
        secrets.add(site.name, secret)
    return secrets


def body_of(text: str, action: str = "NEW") -> bytes:
    question = {
        "action": action,
        "comment": {"body": text, "parentID": None},
        "author": {"id": "1", "role": "COMMENTER"},
        "story": {"id": "2", "url": "https://paper.example/a"},
        "site": {"id": "3"},
        "tenantID": "4",
        "tenantDomain": "coral.example",
    }
    return json.dumps(question, indent=2).encode()


def signed(body: bytes, *secrets: str) -> str:
    digests = (hmac.new(secret.encode(), body, hashlib.sha256).hexdigest() for secret in secrets)
    return ",".join(f"sha256={digest}" for digest in digests)


def ask(client: FlaskClient, body: bytes, signature: str | None = None) -> TestResponse:
    headers = {"X-Coral-Signature": signed(body, NEW) if signature is None else signature}
    return client.post("/coral/demo", data=body, headers=headers, content_type="application/json")


def _set_policy(sites: Sites, policy: SitePolicy) -> None:
    sites.change("demo", lambda site: replace(site, policy=policy))


def test_what_is_fine_is_left_to_coral(client: FlaskClient) -> None:
    answer = ask(client, body_of(KIND))

    assert (answer.status_code, answer.json) == (200, {})


def test_what_would_wait_is_withheld_and_flagged(client: FlaskClient) -> None:
    first, again = (ask(client, body_of(RUDE)).json for _ in range(2))

    assert first == again == {"status": "SYSTEM_WITHHELD", "actions": TOXIC}


def test_what_the_site_rejects_is_rejected(client: FlaskClient, sites: Sites) -> None:
    _set_policy(sites, SitePolicy(reject={"toxicity": 0.5}))

    assert ask(client, body_of(RUDE)).json == {"status": "REJECTED", "actions": TOXIC}


def test_what_only_waits_has_no_flag(client: FlaskClient, sites: Sites) -> None:
    _set_policy(sites, SitePolicy(premoderated=True))

    assert ask(client, body_of(KIND, "EDIT")).json == {"status": "PREMOD"}


@pytest.mark.parametrize(
    ("is_raised", "opinion"),
    [(False, {"status": "PREMOD"}), (True, {"status": "SYSTEM_WITHHELD", "actions": TOXIC})],
)
def test_in_another_language_it_waits_until_the_site_lets_scores_decide(
    client: FlaskClient, sites: Sites, *, is_raised: bool, opinion: dict[str, object]
) -> None:
    languages = SiteLanguages(("en", "de")).with_raised("de", raised=is_raised)
    sites.change("demo", lambda site: replace(site, languages=languages))

    assert ask(client, body_of("<p>Du bist ein dummer Idiot.</p>")).json == opinion


def test_without_a_model_everything_waits(make_app: MakeApp, tmp_path: Path) -> None:
    client = make_app(model=tmp_path).test_client()

    assert ask(client, body_of(KIND)).json == {"status": "PREMOD"}


@pytest.mark.parametrize("by", [(OLD,), (NEW,), ("a secret of nobody", NEW), (OLD, NEW)])
def test_while_secrets_rotate_either_signs(client: FlaskClient, by: tuple[str, ...]) -> None:
    body = body_of(KIND)

    assert ask(client, body, signed(body, *by)).status_code == 200


def test_a_secret_that_was_removed_signs_no_more(
    client: FlaskClient, secrets: CoralSecrets, site: Site
) -> None:
    secrets.remove(site.name, secrets.of(site)[0].id)

    body = body_of(KIND)

    assert ask(client, body, signed(body, OLD)).status_code == 403


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        signed(body_of(RUDE), NEW),
        signed(body_of(KIND), "x"),
        signed(json.dumps(json.loads(body_of(KIND))).encode(), NEW),
    ],
)
def test_a_wrong_signature_is_refused(client: FlaskClient, signature: str) -> None:
    answer = ask(client, body_of(KIND), signature)

    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["type"] == "urn:parley:wrong-signature"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"\xff", b'{"comment": 1}', b'{"comment": {"body": 1}}', b"[" * 100_000],
)
def test_a_signed_body_that_is_not_coral_s_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = ask(client, body)

    assert answer.status_code == 400
    assert answer.json is not None
    assert "Coral sends it" in answer.json["detail"]


def test_two_megabytes_are_refused(client: FlaskClient) -> None:
    assert ask(client, body_of("x" * 2_000_000)).status_code == 413


def test_an_unknown_site_is_not_found(client: FlaskClient) -> None:
    assert client.post("/coral/unknown", data=b"{}").status_code == 404
