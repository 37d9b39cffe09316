"""What a site rejects unseen: admins see what it would have done before they switch it on."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.policy import ATTRIBUTES
from moderation.review.rejection_outcome import LAST
from service.http.params import form_value, parse_choice
from service.moderators.request.access import audit_actor, require_admin
from service.moderators.request.params import percent_score, site_filter
from service.moderators.request.repositories import repositories
from service.problems.errors import InvalidQuery
from service.wiring.parts import parts

rejection = Blueprint("rejection", __name__, url_prefix="/rejection")
rejection.before_request(require_admin)
_NOTICES = {
    "on": "Switched on: from now on such comments are rejected, and nobody sees them before.",
    "off": "Switched off: from now on such comments wait in the queue.",
}


@rejection.get("")
def overview() -> ResponseReturnValue:
    """What each site rejects, and what the threshold that is asked about would have done."""
    site, attribute = site_filter(), request.args.get("attribute")
    tried = threshold = None
    if site is not None and attribute:
        attribute = parse_choice(attribute, ATTRIBUTES, "attribute")
        threshold = _threshold(request.args.get("from"), attribute)
        tried = repositories().rejection_previews.of(site, attribute, threshold)
    return render_template(
        "moderators/automatic_rejection.html",
        sites=repositories().sites,
        site=site,
        attribute=attribute,
        threshold=threshold,
        tried=tried,
        last=LAST,
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@rejection.post("/on")
def switch_on() -> ResponseReturnValue:
    attribute = parse_choice(form_value("attribute"), ATTRIBUTES, "attribute")
    return _changed(attribute, _threshold(form_value("from"), attribute), "on")


@rejection.post("/off")
def switch_off() -> ResponseReturnValue:
    attribute = parse_choice(form_value("attribute"), ATTRIBUTES, "attribute")
    return _changed(attribute, None, "off")


def _changed(attribute: str, threshold: float | None, done: str) -> ResponseReturnValue:
    names = [site.name for site in repositories().sites]
    site = parse_choice(form_value("site"), names, "site")
    parts().sites.set_rejection(site, attribute, threshold, by=audit_actor())
    page = url_for("moderate.rejection.overview", site=site, done=done)
    return redirect(page, HTTPStatus.SEE_OTHER)


def _threshold(value: str | None, attribute: str) -> float:
    """The score that is asked for in percent, else the model's own; raises InvalidQuery."""
    if value:
        return percent_score(value, least=0.1)
    own = parts().highlights.reject_threshold(attribute)
    if own is None:
        sentence = f"the model has no threshold to reject for {attribute}: give a score"
        raise InvalidQuery(sentence, field="from")
    return own
