"""OpenAI's shape, without a number that the model has not."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from moderation.sites import KeyScope, Site
from moderation.storage.sites.site_keys import SiteKeys


@pytest.fixture
def bearer(site: Site, site_keys: SiteKeys) -> dict[str, str]:
    return {"Authorization": f"Bearer {site_keys.make('demo', scope=KeyScope.SCORE)}"}


def test_what_the_site_holds_is_flagged_and_what_is_unknown_is_null(
    client: FlaskClient, bearer: dict[str, str]
) -> None:
    texts = ["You are a stupid idiot.", "Thank you for this article."]

    answer = client.post("/v1/moderations", json={"input": texts}, headers=bearer).get_json()

    rude, kind = answer["results"]
    assert (rude["flagged"], kind["flagged"]) == (True, False)
    held = [[name for name, is_it in of["categories"].items() if is_it] for of in (rude, kind)]
    assert held == [["harassment", "hate"], []]
    assert rude["category_scores"]["harassment"] > 0.5 > kind["category_scores"]["harassment"]
    assert rude["categories"]["violence"] is rude["category_scores"]["violence"] is None
    assert len(rude["categories"]) == len(rude["category_scores"]) == 13


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        [],
        7,
        ["a"] * 101,
        [7],
        "\ud800",
        "a" * 10_001,
        [{"type": "image_url"}],
        [{"type": "text", "text": 5}],
    ],
)
def test_what_is_no_text_is_refused_in_openai_s_form(
    client: FlaskClient, bearer: dict[str, str], given: Any
) -> None:
    sent = json.dumps({"input": given})
    headers = {**bearer, "Content-Type": "application/json"}

    answer = client.post("/v1/moderations", data=sent, headers=headers)

    assert answer.status_code == 400
    assert answer.get_json()["error"]["type"] == "invalid_request_error"


def test_a_wrong_key_is_said_in_openai_s_form(client: FlaskClient, site: Site) -> None:
    answer = client.post(
        "/v1/moderations", json={"input": "a"}, headers={"Authorization": "Bearer sk-wrong"}
    )

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (401, "invalid_api_key")
