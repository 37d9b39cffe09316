"""Admins change a site's safeguards on its page."""

import pytest

from moderation.choices.safeguards import Safeguards
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from tests.support.moderator_browser import Browser

PATH = "/moderate/sites/demo/safeguards"
ALL = {
    "time_token": "on",
    "token_required": "on",
    "page_limit": "60 per minute",
    "site_limit": "off",
    "hold_reports": "3",
    "purge_days": "30",
}


def test_all_of_them_are_saved(anna: Browser, site: Site, sites: Sites) -> None:
    answer = anna.send(PATH, **ALL)

    assert answer.status_code == 303
    assert sites.get("demo").safeguards == Safeguards(
        honeypot=False,
        token_required=True,
        page_limit="60 per minute",
        hold_reports=3,
        purge_days=30,
    )
    assert 'name="hold_reports" inputmode="numeric" autocomplete="off" value="3"' in anna.page(
        "/moderate/sites/demo"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"hold_reports": "0"},
        {"hold_reports": "1001"},
        {"hold_reports": "many"},
        {"purge_days": "0"},
        {"purge_days": "3651"},
        {"page_limit": "sometimes"},
    ],
)
def test_nothing_is_saved_of_a_wrong_form(
    anna: Browser, site: Site, sites: Sites, wrong: dict[str, str]
) -> None:
    answer = anna.send(PATH, **{**ALL, **wrong})

    assert answer.status_code == 422
    assert "Nothing was saved" in answer.text
    assert sites.get("demo").safeguards == Safeguards()
