"""The limits in moderators' forms are the server's, and no browser cuts a text by another count."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from moderation.accounts.moderators import MAX_NAME
from moderation.comments import MAX_NAME as MAX_AUTHOR
from moderation.comments import MAX_TEXT, MAX_TITLE
from moderation.review.notes import MAX_NOTE
from moderation.sanctions import MAX_REASON
from moderation.site_fields import MAX_KEY_NAME

TEMPLATES = Path(str(files("service.moderators"))) / "templates" / "moderators"
DEMO = Path(str(files("service.demo"))) / "templates" / "demo"
GUIDE = Path(__file__).parents[3] / "docs" / "websites.md"
LIMITS = {
    "_queue_card.html note": MAX_NOTE,
    "_sign_in_form.html name": MAX_NAME,
    "account.html name": MAX_NAME,
    "author_history.html reason": MAX_REASON,
    "moderators.html name": MAX_NAME,
    "search.html name": MAX_AUTHOR,
    "search.html text": MAX_TEXT,
    "site_details.html key_name": MAX_KEY_NAME,
    "site_details.html new_name": MAX_KEY_NAME,
    "site_details.html title": MAX_TITLE,
    "sites.html title": MAX_TITLE,
}
NAME = re.compile(r'name="(.*?)"')
FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")


def fields() -> list[tuple[str, str]]:
    """File and tag of each field."""
    paths = [*sorted(TEMPLATES.glob("*.html")), *DEMO.glob("*.html"), GUIDE]
    return [(path.name, tag) for path in paths for tag in FIELD.findall(path.read_text("utf-8"))]


def test_each_limit_is_the_one_of_the_server() -> None:
    limits = {
        f"{file} {NAME.findall(tag)[0]}": int(limit)
        for file, tag in fields()
        for limit in re.findall(r'data-limit="(\d+)"', tag)
    }

    assert limits == LIMITS


@pytest.mark.parametrize(("file", "tag"), fields())
def test_a_browser_cuts_only_what_is_ascii(file: str, tag: str) -> None:
    is_ascii = re.search(r'type="(email|url)"|name="code"', tag)

    assert "maxlength" not in tag or is_ascii, file
