"""Health checks, for load balancers and operators' alarms: alive, and able to work."""

from http import HTTPStatus

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from service.monitoring.readiness import Checked, problems
from service.wiring.parts import parts

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    return jsonify(status="alive")


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 with each cause in words; comments are taken as long as the database takes writes."""
    checked = Checked(parts().database, parts().doorbell, parts().clock, parts().write_trial)
    results = problems(checked)
    checks = {name: problem or "ok" for name, problem in results.items()}
    if any(results.values()):
        body = jsonify(status="not ready", checks=checks)
        return body, HTTPStatus.SERVICE_UNAVAILABLE, {"Cache-Control": "no-store"}
    return jsonify(status="ready", checks=checks), HTTPStatus.OK, {"Cache-Control": "no-store"}
