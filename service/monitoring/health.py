"""Health checks, for load balancers and operators' alarms: alive, and able to work."""

from http import HTTPStatus

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from moderation.storage.database.engine import DatabaseUnavailable
from service.wiring.parts import parts

health = Blueprint("health", __name__)
MAX_PENDING_SECONDS = 60


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    return jsonify(status="alive")


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 with each cause in words; comments are taken as long as the database answers."""
    problems = _problems()
    checks = {name: problem or "ok" for name, problem in problems.items()}
    if any(problems.values()):
        body = jsonify(status="not ready", checks=checks)
        return body, HTTPStatus.SERVICE_UNAVAILABLE, {"Cache-Control": "no-store"}
    return jsonify(status="ready", checks=checks), HTTPStatus.OK, {"Cache-Control": "no-store"}


def _problems() -> dict[str, str | None]:
    redis = {"redis": parts().doorbell.problem()}
    try:
        return {"database": None, **redis, "model": _model_problem(), "pending": _pending_problem()}
    except DatabaseUnavailable as away:
        return {"database": f"does not answer: {away}", **redis}


def _model_problem() -> str | None:
    workers = parts().workers.alive()
    if not workers:
        return "no worker has been heard of for 15 seconds: start one with `parley work`"
    problems = [worker.problem for worker in workers if worker.problem]
    return f"{problems[0]}; every comment is flagged meanwhile" if problems else None


def _pending_problem() -> str | None:
    oldest = parts().backlog.oldest_pending()
    age = 0.0 if oldest is None else (parts().clock() - oldest).total_seconds()
    if age <= MAX_PENDING_SECONDS:
        return None
    return f"a comment has been pending for {age:.0f} seconds: are enough workers running?"
