"""The queue: what a moderator sees, and what a decision does."""

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from moderation.comments import Comment, Status
from moderation.review.notes import RejectReason
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.schema.sites import pages
from service.moderators.display.labels import attribute_name
from tests.support.clock import FakeClock
from tests.support.factories import CommentFields
from tests.support.flagged_comments import DOUBTFUL, GOOD, SCORES, add_scored, flagged_for
from tests.support.html_outline import outline
from tests.support.moderator_browser import Browser
from tests.support.moderator_pages import names
from tests.support.web_app import NO_NUMBERS


def test_an_empty_queue_says_so_kindly(anna: Browser) -> None:
    page = anna.page()

    assert '<span id="waiting">0</span> waiting' in page
    assert "No comments are waiting." in page


def test_a_card_shows_all_a_moderator_needs(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    parent = add_scored(database, clock, GOOD, name="Ben", text="I disagree.")
    card: CommentFields = {
        "name": "Cy",
        "text": "You fool!",
        "parent": parent.id,
        "url": "https://paper.example/a",
        "title": "A bridge",
    }
    add_scored(database, clock, **card)
    clock.advance(3 * 3600)

    page = anna.page()

    for shown in (
        "<bdi>Cy</bdi>",
        "You fool!",
        "3 hours ago",
        'datetime="2026-01-31T12:00:00.000Z"',
        '<a href="https://paper.example/a" rel="noopener noreferrer"><bdi>A bridge</bdi></a>',
        "<li>new here</li>",
        "In reply to <bdi>Ben</bdi>",
        "I disagree.",
        "83 % of comments like this are toxic; waits from 41 %</li>",
        "Scores by model test-1",
    ):
        assert shown in page
    assert re.findall(r'<meter value="(.*?)"', page) == ["0.83", "0.05"] + ["0.83"] + ["0.05"] * 6


def test_what_could_not_be_scored_says_so(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, flagged_for("scoring_failed"), None)

    page = anna.page()

    assert "could not be scored after several attempts</li>" in page
    assert "<meter" not in page


def test_no_text_becomes_anything_but_text(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    hostile = "\"'><script>alert(1)</script>{{ 7*7 }}"
    fields: CommentFields = {
        "page": hostile,
        "name": hostile,
        "text": hostile,
        "title": hostile,
    }
    add_scored(database, clock, **fields)

    page = anna.page()

    assert "<script>alert" not in page
    # The page's key, the text, and the name: it also labels the checkbox.
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}") == 4


def test_an_address_that_is_none_is_no_link(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, title="A bridge")
    for address in ("javascript:alert(1)", "\tjava\nscript:alert(1)", "data:text/html,x", "//x"):
        with database.write() as connection:
            connection.execute(pages.update().values(url=address))

        assert "on <bdi>A bridge</bdi>" in anna.page()


def test_approving_publishes_and_comes_back_to_the_queue(
    anna: Browser, client: FlaskClient, flagged: Comment
) -> None:
    answer = anna.decide(flagged, "approve")

    done = f"/moderate?done=approved&undo={flagged.id}.3"
    assert (answer.status_code, answer.location) == (303, done)
    assert "Approved: readers see it now." in anna.page(answer.location)
    public = client.get("/v1/comments?site=demo&page=/a").json
    assert public
    assert (public["count"], public["comments"][0]["id"]) == (1, flagged.id)


def test_rejecting_hides_for_good(
    anna: Browser, client: FlaskClient, flagged: Comment, comments: Comments
) -> None:
    answer = anna.decide(flagged, "reject")

    assert "Rejected: readers will not see it." in anna.page(answer.location or "")
    assert comments.get(flagged.id).status is Status.REJECTED
    public = client.get("/v1/comments?site=demo&page=/a").json
    assert public
    assert public["count"] == 0


def test_a_script_is_told_what_is_new_on_its_page(anna: Browser, flagged: Comment) -> None:
    answer = anna.decide(flagged, "approve", accept="application/json")

    assert answer.json == {
        "done": "Approved: readers see it now.",
        "waiting": 0,
        "undo": f"/moderate/comments/{flagged.id}/reopen",
        "status": "approved",
        "version": 3,
    }


def test_who_comes_second_sees_who_decided_what(
    anna: Browser, bea: Browser, flagged: Comment, comments: Comments
) -> None:
    bea.decide(flagged, "reject")

    page = anna.decide(flagged, "approve")
    problem = anna.decide(flagged, "approve", accept="application/json").json

    assert page.status_code == 409
    assert "The comment was rejected already by Bea." in page.text
    assert 'href="/moderate"' in page.text
    assert problem
    assert problem["detail"] == "the comment was rejected already by Bea"
    assert comments.get(flagged.id).status is Status.REJECTED


def test_pages_hold_twenty_and_a_decision_stays_on_its_page(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    waiting = [add_scored(database, clock, name=f"Reader {number}") for number in range(22)]
    after = f"/moderate?after={waiting[19].id}"

    first, second = anna.page(), anna.page(after)

    assert names(first) == [comment.name for comment in waiting[:20]]
    assert f'href="{after}" rel="next">Next 20' in first
    assert names(second) == ["Reader 20", "Reader 21"]
    assert 'rel="next"' not in second
    form = re.search(r'formaction="([^"]*approve[^"]*)"', second)
    assert form
    answer = anna.send(form[1].replace("&amp;", "&"), version=2)
    assert answer.location == f"{after}&done=approved&undo={waiting[20].id}.3"


def test_one_sites_comments_can_be_seen_alone(
    anna: Browser, database: Database, clock: FakeClock, sites: Sites, site: Site
) -> None:
    add_scored(database, clock, name="Ours")
    assert "All sites" not in anna.page()

    sites.add(Site(0, "post", "The Post", ("https://post.example",)))
    add_scored(database, clock, site="post", name="Theirs")
    page = anna.page("/moderate?site=post")

    assert names(anna.page()) == ["Ours", "Theirs"]
    assert names(page) == ["Theirs"]
    assert '<span id="waiting">1</span>' in page
    assert '<a href="/moderate?site=post" aria-current="page">The Post</a>' in page


def test_of_many_sites_one_is_chosen_from_a_list(anna: Browser, sites: Sites, site: Site) -> None:
    for number in range(20):
        sites.add(Site(0, f"paper-{number}", f"Paper {number}", ()))

    page = outline(anna.page("/moderate?site=paper-7&section=likely_rejected"))

    chosen = [option for option in page.all("option") if "selected" in option.attributes]
    assert [option.attributes["value"] for option in chosen] == ["paper-7"]
    kept = page.one("form", action="/moderate").one("input", name="section")
    assert kept.attributes["value"] == "likely_rejected"
    assert "Paper 19" in anna.page("/moderate?site=")


@pytest.mark.parametrize(
    "room",
    ["", "/appeals", "/campaigns", "/published-first", "/reports", "/automatic"],
)
def test_each_room_has_a_link_to_each_site(
    anna: Browser, sites: Sites, site: Site, room: str
) -> None:
    sites.add(Site(0, "post", "The Post", ()))

    page = anna.page(f"/moderate{room}?site=post")

    assert re.search(r'<a href="[^"]*site=post[^"]*" aria-current="page">The Post</a>', page)
    assert re.search(r'<a href="[^"]*site=demo[^"]*">Demo</a>', page)


def test_what_is_asked_wrongly_is_told(anna: Browser, flagged: Comment) -> None:
    path = f"/moderate/comments/{flagged.id}/approve"

    assert anna.get("/moderate?site=no-such").status_code == 404
    assert anna.get("/moderate?site=%00").status_code == 404
    assert anna.get("/moderate?after=no-such").status_code == 404
    assert anna.get("/moderate?after=%00").status_code == 404
    assert anna.get("/moderate?order=best").status_code == 422
    assert anna.send(path, version=2, status="deleted").status_code == 422
    reject = path.replace("approve", "reject")
    assert anna.send(reject, version=2, reason="boredom").status_code == 422
    assert anna.send("/moderate/comments/no-such/approve", version=2).status_code == 404
    assert anna.send("/moderate/comments/%00/approve", version=2).status_code == 404
    assert anna.send(f"/moderate/comments/{flagged.id}/delete", version=2).status_code == 404
    for version in NO_NUMBERS:
        assert anna.send(path, version=version).status_code == 422


@pytest.mark.parametrize("reason", RejectReason)
def test_a_rejection_is_kept_with_its_reason(
    anna: Browser, flagged: Comment, reason: RejectReason
) -> None:
    assert f'name="reason" value="{reason}"' in anna.page()

    anna.send(f"/moderate/comments/{flagged.id}/reject", version=2, reason=reason)

    decided_page = anna.page("/moderate/decided")
    assert attribute_name(reason) in decided_page
    assert "rejected</span>" in decided_page


def test_undo_stands_beside_what_was_done_and_puts_it_back(
    anna: Browser, client: FlaskClient, flagged: Comment, comments: Comments
) -> None:
    page = anna.page(anna.decide(flagged, "approve").location or "")
    form = re.search(r'class="undo" method="post" action="([^"]*)"', page)
    assert form

    answer = anna.send(form[1].replace("&amp;", "&"), version=3, status="approved")

    assert answer.location == "/moderate?done=flagged"
    assert "Back in the queue." in anna.page(answer.location)
    assert "put back into the queue</li>" in anna.page()
    assert comments.get(flagged.id).status is Status.FLAGGED
    public = client.get("/v1/comments?site=demo&page=/a").json
    assert public
    assert public["count"] == 0


def test_who_undoes_too_late_is_told(
    anna: Browser, bea: Browser, flagged: Comment, comments: Comments
) -> None:
    anna.decide(flagged, "approve")
    bea.send(f"/moderate/comments/{flagged.id}/reject", version=3, status="approved")

    answer = anna.send(f"/moderate/comments/{flagged.id}/reopen", version=3, status="approved")

    assert answer.status_code == 409
    assert "The comment was rejected already by Bea." in answer.text
    assert comments.get(flagged.id).status is Status.REJECTED


@pytest.mark.parametrize("undo", ["", ".", "x", "x.", ".3", "%00.3", "x.²", "x.3.4", "<b>.9"])
def test_an_address_made_by_hand_offers_nothing_that_is_no_undo(
    anna: Browser, flagged: Comment, undo: str
) -> None:
    assert anna.get(f"/moderate?done=approved&undo={undo}").status_code in (200, 404)
    assert "<b>" not in anna.get(f"/moderate?done=approved&undo={undo}").text


def test_an_address_offers_to_undo_no_version_that_is_no_number(
    anna: Browser, flagged: Comment
) -> None:
    for version in NO_NUMBERS:
        page = anna.page(f"/moderate?done=approved&undo={flagged.id}.{quote(version)}")
        assert 'class="undo"' not in page, version[:40]


def test_each_order_has_its_own_pages(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    for number in range(21):
        scores = {**SCORES, "toxicity": 0.5 + number / 100}
        add_scored(database, clock, DOUBTFUL, scores, name=f"Reader {number}")

    page = anna.page("/moderate?order=score")

    assert names(page) == [f"Reader {number}" for number in range(20, 0, -1)]
    assert '<a href="/moderate?order=score" aria-current="page">Highest score</a>' in page
    following = re.search(r'href="([^"]*)" rel="next"', page)
    assert following
    assert names(anna.page(following[1].replace("&amp;", "&"))) == ["Reader 0"]


def test_the_strip_tells_what_is_known(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    spam = "Earn 500 dollars a week: https://pills.example/a http://xn--e1afmkfd.example/ x"
    add_scored(database, clock, GOOD, name="Cy", text=spam)
    add_scored(database, clock, name="Cy", text=spam.replace("500", "900"))

    page = anna.page()

    for fact in (
        "this name: 1 approved, 0 rejected",
        "1 similar within a day",
        "link to <bdi>pills.example</bdi>",
        "link to <bdi>xn--e1afmkfd.example</bdi>",
    ):
        assert f">{fact}</li>" in page
    assert "new here" not in page


def test_a_note_is_shown_to_everyone(anna: Browser, bea: Browser, flagged: Comment) -> None:
    path = f"/moderate/comments/{flagged.id}/note"

    answer = anna.send(path, note="Ask <b>Bea</b>.")
    script = anna.send(path, note="Second.", accept="application/json")

    assert answer.location == "/moderate?done=noted"
    assert script.json
    assert (script.json["by"], script.json["note"]) == ("Anna", "Second.")
    assert "<bdi>Ask &lt;b&gt;Bea&lt;/b&gt;.</bdi>" in bea.page()
    assert anna.send(path, note=" ").status_code == 422
    assert anna.send("/moderate/comments/no-such/note", note="Hm.").status_code == 404


def test_a_skip_is_shown_and_decides_nothing(
    anna: Browser, bea: Browser, flagged: Comment, comments: Comments
) -> None:
    path = f"/moderate/comments/{flagged.id}/skip"

    assert anna.send(path).location == "/moderate?done=skipped"
    assert anna.send(path, accept="application/json").status_code == 200

    assert "skipped by <bdi>Anna</bdi>" in bea.page()
    assert comments.get(flagged.id) == flagged
