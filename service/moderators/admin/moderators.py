"""The people here: admins invite them, and say what they may do and where."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import (
    Role,
    moderator_email,
    moderator_name,
    sign_in_link,
)
from service.http.params import form_value, form_values, parse_choice
from service.moderators.request.access import audit_actor, require_admin
from service.wiring.parts import parts

people = Blueprint("people", __name__, url_prefix="/people")
people.before_request(require_admin)
_NOTICES = {"changed": "Saved.", "deactivated": "Deactivated: that account can no longer sign in."}


@people.get("")
def everyone() -> ResponseReturnValue:
    return _page(notice=_NOTICES.get(request.args.get("done", "")))


@people.post("/invite")
def invite() -> ResponseReturnValue:
    """Shows the one-time link, this once."""
    name, email = moderator_name(form_value("name")), moderator_email(form_value("email"))
    parts().moderators.add(name, _role(), sites=_sites(), email=email, by=audit_actor())
    return _page(link=_link(parts().moderators.new_link(name)), whose=name)


@people.post("/change")
def change() -> ResponseReturnValue:
    parts().people.set_role(form_value("name"), _role(), sites=_sites(), by=audit_actor())
    return _done("changed")


@people.post("/deactivate")
def deactivate() -> ResponseReturnValue:
    parts().people.set_active(form_value("name"), False, by=audit_actor())
    return _done("deactivated")


@people.post("/activate")
def activate() -> ResponseReturnValue:
    name = form_value("name")
    parts().people.set_active(name, True, by=audit_actor())
    return _page(link=_link(parts().moderators.new_link(name)), whose=name)


@people.post("/reset")
def reset() -> ResponseReturnValue:
    name = form_value("name")
    return _page(link=_link(parts().moderators.reset(name, by=audit_actor())), whose=name)


def _page(**more: object) -> str:
    return render_template(
        "moderators/moderators.html",
        people=parts().moderators.all(),
        sites=parts().sites.all(),
        roles=list(Role),
        **more,
    )


def _done(what: str) -> ResponseReturnValue:
    return redirect(url_for("moderate.people.everyone", done=what), HTTPStatus.SEE_OTHER)


def _link(token: str) -> str:
    return sign_in_link(parts().settings.public_url, token)


def _role() -> Role:
    return parse_choice(form_value("role"), Role, "role")


def _sites() -> list[str] | None:
    """None for every one: said in so many words, never by choosing none."""
    if form_value("reach") == "every":
        return None
    return [parts().sites.get(name).name for name in form_values("sites")]
