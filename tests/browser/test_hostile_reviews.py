"""Hostile names, texts, notes and reasons on the pages around the queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.sanctions import SanctionKind
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.review.notes import Notes
from moderation.storage.review.sanctions import Sanctions
from tests.support.chromium import OpenPage
from tests.support.factories import CommentFields
from tests.support.filled_program import prepare
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.hostile_texts import HOSTILE, LAYOUT, tags_of
from tests.support.program import Program, running
from tests.support.queue_page import sign_in


@dataclass(frozen=True)
class Hostile:
    """A Parley full of attacks, and the paths where they are shown."""

    program: Program
    paths: tuple[str, ...]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    var = tmp_path_factory.mktemp("var")
    database = prepare(var)
    anna = Moderators(database, utc_now).get("Anna").id
    sender = Submitter("a" * 32)
    for text in HOSTILE:
        fields: CommentFields = {"page": text, "name": text, "text": text, "title": text}
        add_scored(database, utc_now, GOOD, sender=sender, **fields)
        comment = add_scored(database, utc_now, sender=sender, **fields)
        Notes(database, utc_now, ALL_SITES).add(comment.id, text, moderator_id=anna)
        Sanctions(database, utc_now, ALL_SITES).impose(
            comment.id,
            SanctionKind.BAN,
            utc_now() + timedelta(days=1),
            moderator_id=anna,
            reason=text,
        )
    for text in LAYOUT:
        add_scored(database, utc_now, GOOD, sender=sender, text=text)
    database.close()
    paths = ("decided?whose=machine", f"comments/{comment.id}/author", "one")
    with running(var) as program:
        yield Hostile(program, tuple(f"{program.url}/moderate/{path}" for path in paths))


@pytest.mark.parametrize("width", [320, 1280])
def test_they_run_nothing_and_break_nothing(
    hostile: Hostile, open_page: OpenPage, width: int
) -> None:
    page = sign_in(hostile.program, open_page, size=(width, 800))
    page.get_by_role("button", name="One at a time").click()
    expect(page.locator(".card")).to_have_count(1)

    for path in hostile.paths:
        page.goto(path)  # fails at the end where a script or the policy said anything
        within = page.locator(
            ".content > .text *, .past-comment .text *, .notes bdi *, .sanction bdi *"
        )
        assert set(tags_of(within)) <= {"BDI", "A"}
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto(f"{hostile.program.url}/moderate")
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.get_by_role("dialog", name="The author's history")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
