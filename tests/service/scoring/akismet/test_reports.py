"""What a key was used for is counted by website and month."""

import pytest
from flask.testing import FlaskClient

from tests.service.scoring.akismet.conftest import Ask

OTHER = "https://other.example"


@pytest.fixture(autouse=True)
def used(ask: Ask) -> None:
    """One comment of the paper and a correction; two pieces of spam of another website."""
    ask("comment-check", "Thank you.")
    ask("submit-ham", "Thank you.")
    for _ in range(2):
        ask("comment-check", comment_author="viagra-test-123", blog=OTHER)


def test_websites_are_listed_by_what_they_asked(client: FlaskClient, key: str) -> None:
    query = {"api_key": key, "order": "spam", "limit": "1", "format": "", "month": ""}

    answer = client.get("/1.2/key-sites", query_string=query).json

    assert answer is not None
    ((site,),) = [answer.pop(month) for month in list(answer) if month[0] == "2"]
    assert answer == {"limit": 1, "offset": 0, "total": 2}
    assert (site["site"], site["api_calls"], site["spam"], site["ham"]) == (OTHER, 2, 2, 0)


def test_websites_are_listed_as_csv(client: FlaskClient, key: str) -> None:
    query = {"api_key": key, "format": "csv", "filter": "paper"}

    lines = client.get("/1.2/key-sites", query_string=query).text.replace('"', "").splitlines()

    assert "(limit:500, offset: 0, total: 1)" in lines[0]
    assert lines[1].startswith("Site,Total API Calls,Spam,Ham,Missed Spam")
    assert lines[2] == "https://paper.example,2,0,1,0,1,False"


def test_the_usage_of_the_month_has_no_limit(client: FlaskClient, key: str) -> None:
    answer = client.get("/1.2/usage-limit", query_string={"api_key": key}).json

    assert answer == {"limit": "none", "usage": 4, "percentage": "0.00", "throttled": False}


def test_wordpress_sees_its_account_and_totals(client: FlaskClient, key: str) -> None:
    account = client.post("/1.1/get-subscription", data={"key": key}).json
    totals = client.post("/1.1/get-stats", data={"key": key, "from": "6-months"}).json

    assert account is not None
    assert (account["status"], account["account_type"]) == ("active", "parley")
    counts = {"spam": 2, "ham": 1, "missed_spam": 0, "false_positives": 1}
    assert totals == {**counts, "accuracy": 66.67}


@pytest.mark.parametrize(
    "wrong", [{"month": "2026-13"}, {"limit": "0"}, {"offset": "-1"}, {"order": "name"}]
)
def test_a_wrong_parameter_is_invalid(client: FlaskClient, key: str, wrong: dict[str, str]) -> None:
    answer = client.get("/1.2/key-sites", query_string={"api_key": key, **wrong})

    assert answer.text == "invalid"
    assert next(iter(wrong)) in answer.headers["X-akismet-debug-help"]


def test_a_wrong_key_is_invalid(client: FlaskClient) -> None:
    assert client.get("/1.2/usage-limit", query_string={"api_key": "x"}).text == "invalid"


def test_an_empty_parameter_is_as_good_as_none(client: FlaskClient, key: str) -> None:
    query = {"api_key": key, "order": "", "format": "", "limit": "", "offset": "", "month": ""}

    answer = client.get("/1.2/key-sites", query_string=query).json

    assert answer is not None
    assert answer["total"] == 2
