"""How careful sites are: admins see in words what each setting does, try one, choose it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.choices.strictness import Strictness
from moderation.policy import DECIDING, SitePolicy
from moderation.sites import Site
from service.http.params import form_value, form_values, parse_choice
from service.moderators.admin.setting_trials import trials_of
from service.moderators.display.setting_choices import CHOICES, OWN, are_alike, setting_choices
from service.moderators.request.access import audit_actor, require_admin
from service.moderators.request.params import percent_score
from service.moderators.request.repositories import repositories
from service.problems.errors import InvalidQuery
from service.wiring.parts import parts

thresholds = Blueprint("thresholds", __name__, url_prefix="/thresholds")
thresholds.before_request(require_admin)
_NOTICES = {
    "changed": "Saved: new comments are decided so.",
    "back": "Taken back: new comments are decided as before.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting that is asked about; `own` is the toxicity of OWN, from 0 to 1, else None."""

    name: str
    own: float | None

    def applied_to(self, policy: SitePolicy) -> SitePolicy:
        """The policy with this setting."""
        if self.name == OWN:
            return policy.with_flag(self.own)
        return policy.with_strictness(Strictness(self.name))


@thresholds.get("")
def overview() -> ResponseReturnValue:
    """Each setting in words, and what one that is asked about would do on the chosen sites."""
    sites = _sites(request.args.getlist("site"))
    choice = None
    if request.args.get("setting"):
        choice = _choice(request.args["setting"], request.args.get("from", ""))
    choices = setting_choices()
    return render_template(
        "moderators/thresholds.html",
        sites=repositories().sites,
        chosen=[site.name for site in sites],
        choices=choices,
        alike=are_alike(choices),
        deciding=DECIDING,
        choice=choice,
        trials=[] if choice is None else trials_of(sites, choice.applied_to),
        before=request.args.getlist("before"),
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@thresholds.post("")
def choose() -> ResponseReturnValue:
    """Use a setting on the chosen sites; what each had before stands in the page's address."""
    choice = _choice(form_value("setting"), form_value("from"))
    sites = _sites(form_values("sites"))
    if not sites:
        sentence = "check at least one site"
        raise InvalidQuery(sentence, field="sites")
    for site in sites:
        _set(site, choice.applied_to)
    return _redirect("changed", [site.name for site in sites], [_state(site) for site in sites])


@thresholds.post("/back")
def take_back() -> ResponseReturnValue:
    """Give sites the settings that they had before."""
    before = [_before(value) for value in form_values("before")]
    for site, policy in before:
        _set(site, _with_setting_of(policy))
    return _redirect("back", [site.name for site, _ in before], [])


def _set(site: Site, changed: Callable[[SitePolicy], SitePolicy]) -> None:
    parts().sites.change(
        site.name, lambda old: replace(old, policy=changed(old.policy)), by=audit_actor()
    )


def _with_setting_of(other: SitePolicy) -> Callable[[SitePolicy], SitePolicy]:
    return lambda policy: replace(policy, strictness=other.strictness, flag=other.flag)


def _state(site: Site) -> str:
    """The setting of a site as a form carries it: demo.careful, or demo.careful.0.3 of its own."""
    flag = site.policy.flag
    own = "" if flag is None else f".{flag!r}"
    return f"{site.name}.{site.policy.strictness}{own}"


def _before(value: str) -> tuple[Site, SitePolicy]:
    """A site with a policy that has the setting of `_state`; raises InvalidQuery."""
    name, _, setting = value.partition(".")
    strictness, _, own = setting.partition(".")
    (site,) = _sites([name])
    policy = SitePolicy(strictness=parse_choice(strictness, Strictness, "before"))
    try:
        return site, policy.with_flag(float(own) if own else None)
    except ValueError as error:
        sentence = "before must be sites with their settings, as demo.careful.0.3"
        raise InvalidQuery(sentence, field="before") from error


def _choice(name: str, score: str) -> Choice:
    name = parse_choice(name, CHOICES, "setting")
    return Choice(name, percent_score(score, least=0) if name == OWN else None)


def _sites(names: Sequence[str]) -> list[Site]:
    """The sites of these names; raises InvalidQuery for one that is none."""
    known: dict[str, Site] = {site.name: site for site in repositories().sites}
    return [known[parse_choice(name, known, "site")] for name in dict.fromkeys(names)]


def _redirect(done: str, sites: Sequence[str], before: Sequence[str]) -> ResponseReturnValue:
    values: dict[str, Any] = {"done": done, "site": sites, "before": before}
    return redirect(url_for("moderate.thresholds.overview", **values), HTTPStatus.SEE_OTHER)
