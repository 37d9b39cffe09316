"""The people here: admins invite them, and say what they may do and where."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.audit import person
from moderation.moderators import (
    InvalidModerator,
    Role,
    moderator_email,
    moderator_name,
)
from service.moderators.session import require_admin
from service.parts import parts

people = Blueprint("people", __name__, url_prefix="/people")
people.before_request(require_admin)
_NOTICES = {"changed": "Changed, from now on.", "deactivated": "Nobody gets in by that name."}


@people.get("")
def everyone() -> ResponseReturnValue:
    return _page(notice=_NOTICES.get(request.args.get("done", "")))


@people.post("/invite")
def invite() -> ResponseReturnValue:
    """Shows the one-time link, this once."""
    name, email = moderator_name(_given("name")), moderator_email(_given("email"))
    parts().moderators.add(name, _role(), sites=_sites(), email=email, by=_by())
    return _page(link=_link(parts().moderators.new_link(name)), whose=name)


@people.post("/change")
def change() -> ResponseReturnValue:
    parts().people.set_role(_given("name"), _role(), sites=_sites(), by=_by())
    return _done("changed")


@people.post("/deactivate")
def deactivate() -> ResponseReturnValue:
    parts().people.set_active(_given("name"), False, by=_by())
    return _done("deactivated")


@people.post("/activate")
def activate() -> ResponseReturnValue:
    name = _given("name")
    parts().people.set_active(name, True, by=_by())
    return _page(link=_link(parts().moderators.new_link(name)), whose=name)


@people.post("/reset")
def reset() -> ResponseReturnValue:
    name = _given("name")
    return _page(link=_link(parts().moderators.reset(name, by=_by())), whose=name)


def _page(**more: object) -> str:
    return render_template(
        "moderators/people.html",
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


def _given(field: str) -> str:
    value = request.form.get(field, "")
    if "\0" in value:  # which PostgreSQL refuses even to look for
        sentence = "a name or an address has no NUL character"
        raise InvalidModerator(sentence)
    return value


def _role() -> Role:
    value = _given("role")
    if value not in tuple(Role):
        sentence = f"a role is one of {', '.join(Role)}"
        raise InvalidModerator(sentence)
    return Role(value)


def _sites() -> list[str] | None:
    """None for every one: said in so many words, never by choosing none."""
    if _given("reach") == "every":
        return None
    return [_given_site(name) for name in request.form.getlist("sites")]


def _given_site(name: str) -> str:
    parts().sites.get(name if name.isprintable() else "")
    return name
