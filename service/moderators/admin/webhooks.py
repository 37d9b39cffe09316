"""Webhooks: admins add and remove them, and see what was sent."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.notifications.allowed_targets import check_literal
from moderation.notifications.webhooks import Event, webhook_events, webhook_url
from service.http.params import form_value
from service.moderators.request.access import audit_actor, require_admin
from service.moderators.request.reauthentication import prove_password_if_any
from service.wiring.parts import parts

webhooks = Blueprint("webhooks", __name__, url_prefix="/webhooks")
webhooks.before_request(require_admin)
_WEBHOOK = "/<int(max=999999999):number>"
_DELIVERY = f"{_WEBHOOK}/deliveries/<int(max=999999999999):delivery_id>"
_NOTICES = {
    "removed": "Removed: nothing more is sent to it.",
    "test": "A test is on its way; it appears below within seconds.",
    "again": "It is on its way again.",
    "on": "Switched on. What was decided while it was off is not sent.",
    "off": "Switched off. What is decided from now on is not sent.",
}
EVENT_NAMES = {
    Event.PUBLISHED: "a comment is published, by the policy or a moderator",
    Event.FLAGGED: "a comment waits for a moderator",
    Event.REJECTED: "a comment is rejected, by the policy or a moderator",
    Event.EDITED: "an author changes a comment that was decided: it is decided again",
    Event.APPEALED: "an author asks for another look at a comment that was rejected",
    Event.ERASED: "a comment is erased, by its author, a moderator or an operator",
    Event.DECIDED: "a moderator decides: approves, rejects or reopens",
}


@webhooks.get("")
def overview() -> ResponseReturnValue:
    return render_template(
        "moderators/webhook_list.html",
        webhooks=parts().webhooks.all(),
        sites=parts().sites.all(),
        events=EVENT_NAMES,
        notice=_notice(),
        now=parts().clock(),
    )


@webhooks.post("")
def add() -> ResponseReturnValue:
    """Show the secret, which nobody can see again."""
    prove_password_if_any()
    target, events = webhook_url(form_value("url")), webhook_events(request.form.getlist("events"))
    check_literal(target, parts().settings.webhook_private)
    site = form_value("site") or None
    number, secret = parts().webhooks.add(target, events, site=site, by=audit_actor())
    return render_template("moderators/new_webhook.html", number=number, secret=secret)


@webhooks.get(_WEBHOOK)
def details(number: int) -> ResponseReturnValue:
    return render_template(
        "moderators/webhook_details.html",
        webhook=parts().webhooks.get(number),
        deliveries=parts().delivery_log.newest(number),
        events=EVENT_NAMES,
        notice=_notice(),
        now=parts().clock(),
    )


@webhooks.post(f"{_WEBHOOK}/test")
def send_test(number: int) -> ResponseReturnValue:
    parts().delivery_log.send_test(number)
    return _redirect_to_details("test", number)


@webhooks.post(f"{_WEBHOOK}/<any(on, off):how>")
def switch(number: int, how: str) -> ResponseReturnValue:
    parts().webhooks.switch(number, on=how == "on", by=audit_actor())
    return _redirect_to_details(how, number)


@webhooks.post(f"{_WEBHOOK}/remove")
def remove(number: int) -> ResponseReturnValue:
    parts().webhooks.remove(number, by=audit_actor())
    url = url_for("moderate.webhooks.overview", done="removed")
    return redirect(url, HTTPStatus.SEE_OTHER)


@webhooks.post(f"{_DELIVERY}/again")
def send_again(number: int, delivery_id: int) -> ResponseReturnValue:
    parts().delivery_log.send_again(number, delivery_id)
    return _redirect_to_details("again", number)


def _redirect_to_details(what: str, number: int) -> ResponseReturnValue:
    url = url_for("moderate.webhooks.details", number=number, done=what)
    return redirect(url, HTTPStatus.SEE_OTHER)


def _notice() -> str | None:
    return _NOTICES.get(request.args.get("done", ""))
