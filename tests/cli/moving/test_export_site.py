"""`parley export`, and its file imported again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import parley
from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.comments import Status
from moderation.labels import Label, LabelSource
from moderation.notifications.reader_mails import MailWish
from moderation.own_comments.edits import Edit
from moderation.policy import SORTED_LANGUAGE, Decision, Reason
from moderation.rules.circumstances import PUBLISHED_FIRST
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.moved_pages import MovedPages
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.pins import Pins
from moderation.storage.labels.labels import Labels
from moderation.storage.own_comments.edits import Edits
from moderation.storage.reader_mail.subscriptions import Subscriptions
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.sites.site_removal import SiteRemoval
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored, as_seen

Line = dict[str, object]


@pytest.fixture(autouse=True)
def _settings(
    site: Site, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", database_url)
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(parley, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def lines(written: str) -> Iterator[Line]:
    return (json.loads(line) for line in written.splitlines())


def fill(database: Database, clock: FakeClock, site: Site) -> None:
    """Comments of all statuses, decided by a person and by the policy; a moved page; labels."""
    first = add_scored(database, clock, GOOD, site=site.name)
    answer = add_scored(database, clock, site=site.name, parent=first.id)
    anna = Moderators(database, clock).add("Anna").id
    queue = ReviewQueue(database, clock, ALL_SITES)
    queue.decide(as_seen(answer), Status.REJECTED, moderator_id=anna)
    pinned = add_scored(database, clock, GOOD, site=site.name)
    reasons = (Reason(PUBLISHED_FIRST),)
    add_scored(database, clock, Decision(Status.APPROVED, reasons), site=site.name)
    sorted_language = Decision(Status.FLAGGED, (Reason(SORTED_LANGUAGE, language="fr"),))
    route = "/#/story/5"
    url = f"http://localhost:8000{route}"
    add_scored(database, clock, sorted_language, site=site.name, page=route, url=url)
    Pins(database, clock, ALL_SITES).pin(pinned.id, moderator_id=anna)
    Edits(database, clock).apply(first.id, site, Edit("Ada", "Better argued, thank you."))
    Comments(database, clock).add(site, submission(page="/b", name="Ada  L."), Submitter("a" * 32))
    MovedPages(database, clock).move(site, "/b", "/c")
    spam = (LabelSource.AKISMET, 0.5)
    given = [Label("Pills!", "spam", 1.0, *spam), Label(None, "spam", 0.0, *spam, first.id)]
    Labels(database, clock).add(site, given)


def test_a_round_trip_loses_nothing(
    database: Database, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    fill(database, clock, site)
    before = run("export", "--site", "demo")
    path = tmp_path / "demo.jsonl"
    path.write_text(before)
    SiteRemoval(database, clock).remove("demo")
    Sites(database, utc_now).add(site)

    run("import", "parley", str(path), "--site", "demo")

    assert '"earlier_texts": [{' in before
    assert '"pinned_at": "' in before
    assert '"unseen_since": "' in before
    assert sorted(run("export", "--site", "demo").splitlines()) == sorted(before.splitlines())
    assert {line.get("type") for line in lines(before)} == {
        None,
        "page",
        "comment",
        "decision",
        "label",
        "end",
    }


def test_comments_come_to_a_second_site_under_ids_of_their_own(
    database: Database, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    fill(database, clock, site)
    Sites(database, utc_now).add(Site(0, "second", "Second", ("https://paper.example",)))
    path = tmp_path / "demo.jsonl"
    path.write_text(run("export", "--site", "demo"))

    run("import", "parley", str(path), "--site", "second")
    run("import", "parley", str(path), "--site", "second")

    texts = [
        [line["text"] for line in lines(run("export", "--site", name)) if "parent" in line]
        for name in ("demo", "second")
    ]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 6


def test_no_address_leaves_the_server(database: Database, clock: FakeClock, site: Site) -> None:
    fill(database, clock, site)
    wish = MailWish(site.id, "ada@mail.example", "b" * 64, "en", is_proven=True)
    Subscriptions(database, clock).add(add_scored(database, clock).id, wish)

    exported = run("export", "--site", "demo")

    assert "a" * 32 not in exported
    assert "ada@mail.example" not in exported
    assert "b" * 64 not in exported
