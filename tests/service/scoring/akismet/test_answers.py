"""What nobody foresaw is no verdict either."""

from http import HTTPStatus

from flask import Blueprint, Flask

from service.scoring.akismet.answers import answer_errors


def test_an_unforeseen_error_is_answered_in_words_that_programs_hold_the_comment_for() -> None:
    app, blueprint = Flask(__name__), Blueprint("akismet", __name__)
    answer_errors(blueprint)
    blueprint.add_url_rule("/", view_func=lambda: str(1 // 0), endpoint="fails")
    app.register_blueprint(blueprint)

    answer = app.test_client().get("/")

    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert (answer.mimetype, answer.text) == ("text/plain", "unforeseen")
    assert "noted" in answer.headers["X-akismet-debug-help"]
