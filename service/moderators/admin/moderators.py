"""The people here: admins invite them, and say what they may do and where."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import (
    Role,
    moderator_email,
    moderator_name,
)
from moderation.audit_chain import person
from service.http.params import given, given_all, one_of
from service.moderators.request.sessions import require_admin
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
    name, email = moderator_name(given("name")), moderator_email(given("email"))
    parts().moderators.add(name, _role(), sites=_sites(), email=email, by=_by())
    return _page(link=_link(parts().moderators.new_link(name)), whose=name)


@people.post("/change")
def change() -> ResponseReturnValue:
    parts().people.set_role(given("name"), _role(), sites=_sites(), by=_by())
    return _done("changed")


@people.post("/deactivate")
def deactivate() -> ResponseReturnValue:
    parts().people.set_active(given("name"), False, by=_by())
    return _done("deactivated")


@people.post("/activate")
def activate() -> ResponseReturnValue:
    name = given("name")
    parts().people.set_active(name, True, by=_by())
    return _page(link=_link(parts().moderators.new_link(name)), whose=name)


@people.post("/reset")
def reset() -> ResponseReturnValue:
    name = given("name")
    return _page(link=_link(parts().moderators.reset(name, by=_by())), whose=name)


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
    return f"{parts().settings.public_url}/moderate/link/{token}"


def _by() -> str:
    return person(g.moderator.name)


def _role() -> Role:
    return one_of(given("role"), Role, "role")


def _sites() -> list[str] | None:
    """None for every one: said in so many words, never by choosing none."""
    if given("reach") == "every":
        return None
    return [parts().sites.get(name).name for name in given_all("sites")]
