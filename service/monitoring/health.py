"""Health checks, for load balancers and operators' alarms: alive, and able to work."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from moderation.storage.database.engine import DatabaseUnavailable
from service.monitoring.audience import sees_details
from service.monitoring.readiness import Checked, problems
from service.wiring.parts import parts

health = Blueprint("health", __name__)
_NOT_OK = "not ok: `parley doctor`, or /readyz asked on the machine itself, says why"


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    return jsonify(status="alive")


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 with each cause in words; comments are taken as long as the database takes writes.

    Causes name machines, folders and what a driver said: strangers get none.
    """
    results = problems(_checked())
    is_ready = not any(results.values())
    body: dict[str, object] = {"status": "ready" if is_ready else "not ready"}
    body |= _details(results) if sees_details() else {"checks": _checks(results, in_words=False)}
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(body), status, {"Cache-Control": "no-store"}


def _checked() -> Checked:
    mine = parts()
    return Checked(mine.write_trial, mine.doorbell, mine.workers, mine.backlog, mine.clock)


def _details(results: Mapping[str, str | None]) -> dict[str, object]:
    details: dict[str, object] = {"checks": _checks(results, in_words=True)}
    if (warning := _proxy_warning()) is not None:
        details["warnings"] = {"proxy": warning}
    return details


def _checks(results: Mapping[str, str | None], *, in_words: bool) -> dict[str, str]:
    return {
        name: "ok" if problem is None else problem if in_words else _NOT_OK
        for name, problem in results.items()
    }


def _proxy_warning() -> str | None:
    try:
        return parts().proxy_warning()
    except DatabaseUnavailable:  # which a check has said
        return None
