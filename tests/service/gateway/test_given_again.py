"""A finished answer is given again, and never once it is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.system.incarnation import renew_incarnation
from service.gateway import answer_store
from service.gateway.answer_store import SECONDS, AnswerStore
from service.gateway.gateway import Gateway
from tests.support.asgi import Asked, ask, ask_at_once
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.web_app import MakeApp

PAGE = "/v1/comments?site=demo&page=/a"
READS = (
    PAGE,
    f"{PAGE}&order=newest&limit=3",
    "/v1/threads?site=demo&page=/a",
    "/v1/counts?site=demo&page=/a",
    "/v1/comments.html?site=demo&page=/a",
    "/v1/comments.jsonld?site=demo&page=/a",
    "/v1/comments.atom?site=demo&page=/a",
    "/thread?site=demo&page=/a",
)


@dataclass
class Web:
    """A web process: its application, what it was asked, and what was given again without it."""

    app: Flask
    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)
    again: list[tuple[str, str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        database: Database = self.app.extensions["parley"].database
        self.answers = AnswerStore(
            database.commits, lambda *what: self.again.append(what), lambda: self.seconds
        )
        self.gateway = Gateway(self, 8, bool, self.answers)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.asked.append(environ["REQUEST_METHOD"])
        return self.app(environ, start)


MakeWeb = Callable[[], Web]


@pytest.fixture
def make_web(make_app: MakeApp, site: Site) -> MakeWeb:
    return lambda: Web(make_app())


@pytest.fixture
def web(make_web: MakeWeb) -> Web:
    return make_web()


@pytest.fixture
def shown(database: Database, clock: FakeClock, site: Site) -> Comment:
    with database.write() as connection:
        renew_incarnation(connection)  # else the first who reads writes
    return add_scored(database, clock, GOOD)


@pytest.mark.parametrize("read", READS)
def test_the_same_is_asked_once_and_answered_alike(web: Web, shown: Comment, read: str) -> None:
    first = ask(web.gateway, read)
    etag = dict(first.headers)["etag"]

    again = ask(web.gateway, read, Origin="https://any.example", Cookie="a=b")
    head = ask(web.gateway, read, "HEAD")
    unchanged = ask(web.gateway, read, If_None_Match=f'"other", {etag}')

    assert web.asked == ["GET"]
    assert (first.status, again) == (200, first)
    assert (head.status, head.headers, head.body) == (200, first.headers, b"")
    fresh = Web(web.app).gateway
    assert unchanged == ask(fresh, read, If_None_Match=etag)
    assert head == ask(fresh, read, "HEAD")
    assert (unchanged.status, unchanged.body) == (304, b"")
    route = read.partition("?")[0]
    assert web.again == [("GET", route, 200), ("HEAD", route, 200), ("GET", route, 304)]


@pytest.mark.parametrize("read", READS)
def test_what_is_withdrawn_is_gone_in_every_process(
    make_web: MakeWeb, read: str, shown: Comment, database: Database, clock: FakeClock
) -> None:
    processes = [make_web(), make_web()]  # each with a database of its own
    before = [ask(web.gateway, read) for web in processes]

    Erasures(database, clock).by_author(shown.id)
    for web in processes:
        web.seconds += SECONDS

    after = [ask(web.gateway, read) for web in processes]
    assert before[0] == before[1]
    assert after[0] == after[1] == ask(Web(processes[0].app).gateway, read)
    assert (after[0].body, after[0].headers) != (before[0].body, before[0].headers)


def test_a_process_shows_at_once_what_it_stored_itself(
    web: Web, shown: Comment, clock: FakeClock
) -> None:
    before = ask(web.gateway, PAGE)

    Erasures(web.app.extensions["parley"].database, clock).by_author(shown.id)

    assert shown.text in before.body.decode()
    assert shown.text not in ask(web.gateway, PAGE).body.decode()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_with_sqlite_every_process_shows_it_at_once(
    web: Web, database_url: str, shown: Comment, clock: FakeClock
) -> None:
    ask(web.gateway, PAGE)
    other = open_database(database_url)

    Erasures(other, clock).by_author(shown.id)

    other.close()
    assert shown.text not in ask(web.gateway, PAGE).body.decode()


def test_what_changes_without_a_commit_is_seen_in_a_moment(
    web: Web, shown: Comment, sites: Sites
) -> None:
    ask(web.gateway, PAGE)
    web.seconds += SECONDS * 0.99
    ask(web.gateway, PAGE)
    asked = len(web.asked)
    web.seconds += SECONDS * 0.01

    ask(web.gateway, PAGE)

    assert (asked, len(web.asked)) == (1, 2)


def test_without_the_database_nothing_is_given_again_for_long(web: Web, shown: Comment) -> None:
    ask(web.gateway, PAGE)
    web.app.extensions["parley"].database.close()
    web.app.extensions["parley"].pages._database = open_database("sqlite:////nowhere/parley.db")
    web.seconds += SECONDS

    assert ask(web.gateway, PAGE).status == 503


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer key"},
        {"Parley-Author-Token": "token"},
        {"If-Match": '"a"'},
        {"Range": "bytes=0-1"},
        {"Content-Length": "0"},
    ],
)
def test_who_asks_for_themselves_is_answered_by_the_application(
    web: Web, shown: Comment, headers: dict[str, str]
) -> None:
    ask(web.gateway, PAGE)

    ask_at_once(web.gateway, Asked(PAGE, headers), Asked(PAGE, headers))

    assert web.asked == ["GET"] * 3


@pytest.mark.parametrize(
    "path", ["/healthz", "/v1/comments?site=demo", "/v1/comments?site=none&page=/a", "/demo"]
)
def test_only_what_is_for_everybody_is_kept(web: Web, path: str) -> None:
    ask(web.gateway, path)
    ask(web.gateway, path)

    assert (web.asked, web.again) == (["GET", "GET"], [])


def test_each_language_has_its_own_answer(web: Web, shown: Comment) -> None:
    page = "/v1/comments.html?site=demo&page=/a"
    first = {code: ask(web.gateway, page, Accept_Language=code) for code in ("de", "fr", "nl")}

    again = {code: ask(web.gateway, page, Accept_Language=code) for code in ("nl", "de", "fr")}

    assert again == first
    assert len({answer.body for answer in first.values()}) == len(web.asked) == 3


def test_readers_who_have_it_already_are_told_so_again(web: Web, shown: Comment) -> None:
    etag = dict(ask(Web(web.app).gateway, PAGE).headers)["etag"]
    statuses = [ask(web.gateway, PAGE, If_None_Match=etag).status for _ in range(3)]
    whole = ask(web.gateway, PAGE)
    web.seconds += SECONDS
    statuses.append(ask(web.gateway, PAGE, If_None_Match=etag).status)

    assert ask(web.gateway, PAGE) == whole
    assert statuses == [304] * 4
    assert len(web.asked) == 3


def test_many_at_once_ask_the_application_once(web: Web, shown: Comment) -> None:
    before = ask(web.gateway, PAGE)
    web.seconds += SECONDS

    answers = ask_at_once(web.gateway, *[Asked(PAGE)] * 50)

    assert answers == [before] * 50
    assert len(web.asked) == 2


def test_random_questions_neither_fill_the_memory_nor_push_out_what_is_read(
    web: Web, shown: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_store, "_MAX_BYTES", 60_000)
    for number in range(200):
        ask(web.gateway, PAGE)
        ask(web.gateway, f"{PAGE}&x={number}")

    assert len(web.answers._answers) < 60
    assert len(web.asked) == 201


def test_an_answer_too_large_to_be_kept_is_given_all_the_same(
    web: Web, shown: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_store, "_MAX_ANSWER", 500)

    assert ask(web.gateway, PAGE) == ask(web.gateway, PAGE)
    assert len(web.asked) == 2
