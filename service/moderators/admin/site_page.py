"""The page of one site, as it is after a change or a refusal of one."""

import importlib
from collections.abc import Iterable
from typing import Any

from flask import render_template, request

from moderation.choices.site_languages import NAMES
from moderation.choices.suspect_words import LISTS
from moderation.sites import Site, SiteNotFound
from service.moderators.admin.site_form import SiteForm
from service.moderators.display.labels import KEY_SCOPES
from service.moderators.request.repositories import repositories
from service.problems.status_codes import problem_of
from service.wiring.parts import parts

_NOTICES = {
    "saved": "Saved: it applies within seconds.",
    "added": "Added. Its pages can take comments now.",
    "renamed": "Renamed: the key works as before.",
    "revoked": "Revoked: nobody submits by this key any more.",
    "languages": "Saved: new comments are read so.",
    "raised": "Saved: from now on its scores decide.",
    "lowered": "Saved: from now on all comments in it wait.",
    "words": "Saved: new comments that have one of these words wait.",
}


def chosen_site(name: str) -> Site:
    """The site that a page's address names; raises SiteNotFound."""
    if name not in (site.name for site in repositories().sites):
        raise SiteNotFound(name)
    return parts().sites.get(name)  # also when its keys were used last, which is no change


def site_page(
    site: Site,
    form: SiteForm | None = None,
    error: Exception | None = None,
    words: str | None = None,
) -> str:
    """Return the page with what stands in its fields.

    Args:
        site: As it is stored.
        form: What was typed of its settings; None for the stored ones.
        error: Why nothing was saved, if something was refused.
        words: What was typed of suspect words; None for the stored ones.
    """
    return render_template(
        "moderators/site_details.html",
        site=site,
        form=form or SiteForm.of(site),
        words="\n".join(site.suspects.words) if words is None else words,
        languages=language_reports(site.languages.codes),
        language_names=NAMES,
        lists=LISTS,
        key_scopes=KEY_SCOPES,
        settings=parts().settings,
        problem=error and problem_of(error),
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


def language_reports(codes: Iterable[str]) -> list[Any]:
    """What is known of each language, as `judging.language_reports` has it."""
    return [language_rules().language_report(code) for code in codes]


def language_rules() -> Any:
    """The module of what is known of languages, as the model in use has them."""
    parts().web_model.get()
    # By name: it imports NumPy, which a web process loads only when it is needed.
    return importlib.import_module("judging.language_reports")
