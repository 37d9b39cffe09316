"""What every page asks the database for is asked once a request."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from moderation.comments import Comment
from moderation.storage.database import driver_statement
from service.wiring.parts import parts
from tests.support.moderator_browser import Browser


@pytest.fixture
def statements(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that the application sends to its database from now on, by SQLAlchemy or the driver."""
    sent: list[str] = []
    run_on_driver = driver_statement.run_on_driver

    def note_and_run(connection: Connection, text: str, *values: Any, **how: Any) -> Any:
        sent.append(text)
        return run_on_driver(connection, text, *values, **how)

    with app.app_context():
        engine = parts().database.engine
    event.listen(engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    monkeypatch.setattr(driver_statement, "run_on_driver", note_and_run)
    return sent


def sites_read(statements: list[str]) -> int:
    """How often the whole table was; other statements ask for one site."""
    return sum(statement.endswith("ORDER BY sites.name") for statement in statements)


@pytest.mark.parametrize(
    "path",
    [
        "/moderate?site=demo",
        "/moderate/comments",
        "/moderate/scores?site=demo",
        "/moderate/reports?site=demo",
        "/moderate/appeals?site=demo",
        "/moderate/numbers?site=demo",
    ],
)
@pytest.mark.usefixtures("flagged")
def test_a_page_reads_the_sites_once(anna: Browser, statements: list[str], path: str) -> None:
    anna.page(path)

    assert sites_read(statements) == 1


def test_a_decision_by_script_reads_the_sites_once(
    anna: Browser, flagged: Comment, statements: list[str]
) -> None:
    token = anna.token()
    statements.clear()

    answer = anna.client.post(
        f"/moderate/comments/{flagged.id}/approve?site=demo",
        data={"form_token": token, "version": flagged.version},
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 200
    assert sites_read(statements) == 1


def test_who_comes_next_reads_no_sites_that_are_as_they_were(
    anna: Browser, bea: Browser, statements: list[str]
) -> None:
    anna.page()
    bea.page()

    assert sites_read(statements) == 1
