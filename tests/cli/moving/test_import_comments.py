"""`parley import`: what a file of another system becomes here."""

import json
import sqlite3
from codecs import BOM_UTF8
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from cli.main import parley
from moderation.clock import utc_now
from moderation.notifications.webhooks import Event
from moderation.sites import Site
from moderation.storage.comments.pages import Pages
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.schema.comments import comments
from moderation.storage.schema.labels import labels
from moderation.storage.schema.metadata import metadata
from moderation.storage.schema.notifications import outbox
from moderation.storage.schema.sites import daily_rollups
from moderation.storage.schema.subscriptions import mail_addresses, reader_mails, subscriptions
from moderation.storage.system.audit_log import AuditLog
from tests.support.web_app import SECRET

SAMPLES = Path(__file__).parents[2] / "support/samples"
LINK = "A bold word and a map (https://map.example/)."
DISQUS = SAMPLES / "disqus.xml"


class Row(NamedTuple):
    """A comment as it is stored, the oldest first."""

    name: str
    text: str
    status: str
    answers: str | None = None


EXPECTED = {
    "disqus.xml": [
        Row("Ada & Co", "See the map (https://map.example/bridge),\nplease.", "approved"),
        Row("", "", "erased", "Ada & Co"),
        Row("Ben", "An answer to what is gone.", "approved", ""),
        Row("Pills", "Cheap pills!", "rejected"),
    ],
    "wordpress.xml": [
        Row("Ben", "It waits.", "flagged"),
        Row(
            "Tom & Ada",
            "First line\nsecond line, a map (https://map.example/) ’",
            "approved",
            "Ben",
        ),
        Row("Pills", "Cheap pills!", "rejected"),
    ],
    "isso.json": [
        Row("Tom & Ada", LINK, "approved"),
        Row("Anonymous", "Plain text\nin two lines.", "approved"),
    ],
    "remark42.jsonl": [
        Row("", "", "erased"),
        Row("Ben", "An answer.", "approved", ""),
    ],
    "commento.json": [
        Row("Ada", "A word.", "approved"),
        Row("Anonymous", "It waits.", "flagged", "Ada"),
    ],
    "coral.jsonl": [
        Row("Ada", "A fine bridge\N{NO-BREAK SPACE}!", "approved"),
        Row("Ben", "You fool", "rejected", "Ada"),
    ],
    "cusdis.json": [
        Row("Ada", "A word.", "approved"),
        Row("Ben", "It waits.", "flagged", "Ada"),
    ],
    "waline.json": [
        Row("Ada", "A word.", "approved"),
        Row("Ben", "Cheap pills!", "rejected", "Ada"),
    ],
    "artalk.json": [
        Row("Ada", "A word.", "approved"),
        Row("Ben", "It waits.", "flagged", "Ada"),
    ],
}


@pytest.fixture(autouse=True)
def _settings(
    site: Site, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", database_url)
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))


def bring(kind: str, path: Path, *options: str) -> Result:
    arguments = ["import", kind, str(path), "--site", "demo", *options]
    return CliRunner().invoke(parley, arguments)


def bring_text(kind: str, path: Path, content: str | bytes, *options: str) -> Result:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return bring(kind, path, *options)


def stored(database: Database) -> list[Row]:
    parents = comments.alias("parents")
    columns = (comments.c.name, comments.c.text, comments.c.status, parents.c.name)
    query = select(*columns).select_from(
        comments.outerjoin(parents, comments.c.parent_id == parents.c.id)
    )
    with database.read() as connection:
        return [Row(*row) for row in connection.execute(query.order_by(comments.c.submitted_at))]


def everything(database: Database) -> str:
    """All rows of all tables."""
    with database.read() as connection:
        tables = [connection.execute(select(table)).all() for table in metadata.sorted_tables]
    return repr(tables)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_becomes_what_its_readers_saw(name: str, database: Database, site: Site) -> None:
    result = bring(name.partition(".")[0], SAMPLES / name)

    assert result.exit_code == 0, result.output
    assert stored(database) == EXPECTED[name]
    shown = Pages(database).get(site, "/2020/bridge")
    assert shown is not None


@pytest.mark.parametrize("name", EXPECTED)
def test_a_second_time_nothing_comes(name: str, database: Database) -> None:
    bring(name.partition(".")[0], SAMPLES / name)
    before = everything(database)

    result = bring(name.partition(".")[0], SAMPLES / name)

    assert "came: 0\n" in result.stderr
    assert everything(database) == before


@pytest.mark.parametrize("name", EXPECTED)
def test_a_dry_run_changes_nothing(name: str, database: Database) -> None:
    before = everything(database)

    result = bring(name.partition(".")[0], SAMPLES / name, "--dry-run")

    assert f"would come: {len(EXPECTED[name])} (" in result.stderr
    assert everything(database) == before


WITH_EMAIL = [name for name in EXPECTED if name != "remark42.jsonl"]


@pytest.mark.parametrize("name", WITH_EMAIL)
def test_e_mail_addresses_are_kept_only_where_readers_are_mailed(
    name: str, database: Database, sites: Sites
) -> None:
    bring(name.partition(".")[0], SAMPLES / name)
    assert "mail.example" not in everything(database)

    sites.change("demo", lambda site: replace(site, reader_mail=True))
    result = bring(name.partition(".")[0], SAMPLES / name)

    assert "came: 0" in result.stderr
    assert "mail.example" not in everything(database)


@pytest.mark.parametrize("name", WITH_EMAIL)
def test_where_readers_are_mailed_addresses_come_and_are_not_asked(
    name: str, database: Database, sites: Sites
) -> None:
    sites.change("demo", lambda site: replace(site, reader_mail=True))

    bring(name.partition(".")[0], SAMPLES / name)

    with database.read() as connection:
        addresses = connection.execute(select(mail_addresses.c.address)).scalars().all()
        rows = connection.execute(select(subscriptions)).all()
        mails = connection.execute(select(reader_mails)).all()
    assert all(address.endswith("mail.example") for address in addresses)
    assert (len(rows) > 0, mails) == (True, [])
    assert {(row.asked_at, row.confirmed_at) for row in rows} == {(None, None)}


def test_a_dry_run_says_of_each_row_why() -> None:
    rows = bring("disqus", DISQUS, "--dry-run").stdout.splitlines()

    assert rows[0] == "line 14 (103): would come: published, /2020/bridge"
    assert "line 38 (105): would not come: it was deleted" in rows[4]
    assert "https://translator.example, which is no origin of demo: --urls" in rows[5]
    assert len(rows) == 6


def test_the_audit_log_has_one_entry_of_an_import(database: Database) -> None:
    for _ in range(2):
        bring("disqus", DISQUS)

    entries = [
        entry for entry in AuditLog(database).newest(10) if entry.action == "comments_imported"
    ]
    assert [(entry.actor, entry.subject, entry.after) for entry in entries] == [
        ("operator", "site demo", '{"comments":4,"kind":"disqus"}')
    ]


def test_nobody_is_told(database: Database) -> None:
    Webhooks(database, utc_now, SECRET).add("https://hooks.example/", list(Event))

    bring("disqus", DISQUS)

    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(outbox)).scalar() == 0


def test_addresses_are_hashed_and_mail_addresses_left_out(database: Database) -> None:
    bring("wordpress", SAMPLES / "wordpress.xml")

    with database.read() as connection:
        query = select(comments.c.name, comments.c.address_hash).order_by(comments.c.id)
        hashes = {row.name: row.address_hash for row in connection.execute(query)}
    assert len(hashes["Tom & Ada"]) == 32
    assert hashes["Ben"] is None  # a proxy's
    assert not {"mail.example", "203.0.113.7"} & set(everything(database).split("'"))
    assert "mail.example" not in everything(database)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("disqus.xml", {("Pills", "spam", 1.0, 0.6)}),
        ("wordpress.xml", {("Pills", "spam", 1.0, 0.6), ("Tom & Ada", "spam", 0.0, 0.9)}),
        ("coral.jsonl", {("Ben", "insult", 1.0, 1.0)}),
        ("waline.json", {("Ben", "spam", 1.0, 0.6)}),
    ],
)
def test_what_people_decided_becomes_labels(
    name: str, expected: set[tuple[object, ...]], database: Database
) -> None:
    bring(name.partition(".")[0], SAMPLES / name)

    columns = (comments.c.name, labels.c.attribute, labels.c.value, labels.c.weight)
    query = select(*columns, labels.c.source).join(comments, labels.c.comment_id == comments.c.id)
    with database.read() as connection:
        rows = connection.execute(query).all()
    assert {tuple(row)[:4] for row in rows} == expected
    assert {row.source for row in rows} == {"import"}


def test_what_was_erased_since_does_not_come_back(database: Database) -> None:
    bring("disqus", DISQUS)
    with database.read() as connection:
        query = select(comments.c.public_id).where(comments.c.name == "Ben")
        public_id = connection.execute(query).scalar_one()
    Erasures(database, utc_now).by_author(public_id)

    bring("disqus", DISQUS)

    assert "Ben" not in {row.name for row in stored(database)}


def test_pages_come_to_their_new_addresses(database: Database, site: Site, tmp_path: Path) -> None:
    urls = tmp_path / "urls.txt"
    urls.write_text(
        "# moved\nhttps://translator.example/* https://paper.example/copies/*\n"
        "http://paper.example/2020/bridge/ /bridge\n"
    )

    bring("disqus", DISQUS, "--urls", str(urls))

    known = Pages(database).counts(site, ["/bridge", "/copies/paper", "/2020/bridge"])
    assert {key: count for key, count in known.items() if count} == {
        "/bridge": 2,
        "/copies/paper": 1,
    }


def test_tables_of_isso_are_read(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "comments.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri, title);"
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created, mode, text,"
            " author, email);"
            "INSERT INTO threads VALUES (1, '/2020/bridge/', 'The bridge');"
            "INSERT INTO comments VALUES (1, 1, NULL, 1588327200.5, 4, '', NULL, NULL),"
            " (1, 2, 1, 1588327201.5, 2, 'It *waits*', 'A &lt; B', 'a@mail.example');"
        )
    connection.close()

    bring("isso", path)

    assert stored(database) == [Row("", "", "erased"), Row("A < B", "It waits", "flagged", "")]


def test_tables_of_cusdis_are_read(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "data.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE pages (id, slug, url, title, project_id);"
            'CREATE TABLE comments (id, "page_id", "created_at", "deletedAt", by_email,'
            ' by_nickname, content, approved, "parentId");'
            "INSERT INTO comments VALUES"
            " ('b', 'p', 1588413600000, NULL, 'b@mail.example', 'Ben', 'It *waits*', 0, 'a'),"
            " ('a', 'p', '2020-05-01 10:00:00', '2020-05-03', NULL, 'Ada', 'A word', 1, NULL);"
            "INSERT INTO pages VALUES ('p', 'bridge', 'https://paper.example/2020/bridge/', 'x', 1)"
        )
    connection.close()

    bring("cusdis", path)

    assert stored(database) == [Row("", "", "erased"), Row("Ben", "It waits", "flagged", "")]


def test_a_text_of_a_table_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "data.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE pages (id, url)")
        connection.execute("INSERT INTO pages VALUES ('p', '/a'), ('q', CAST(x'ff' AS TEXT))")
    connection.close()

    assert "table pages, row 2: a text is not UTF-8" in bring("cusdis", path).stderr


def test_a_folder_of_coral_is_read(database: Database, tmp_path: Path) -> None:
    lines = (SAMPLES / "coral.jsonl").read_text().splitlines()
    files = {"comments": lines[:2], "commentModerationActions": lines[2:4], "stories": lines[4:5]}
    folder = tmp_path / "coral"
    folder.mkdir()
    for name, content in (files | {"users": lines[5:]}).items():
        (folder / f"{name}.json").write_text("\n".join(content))

    bring("coral", folder)

    assert stored(database) == EXPECTED["coral.jsonl"]


def test_the_broken_file_of_a_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "coral"
    folder.mkdir()
    (folder / "stories.json").write_bytes(b'{"id": "s"}\n\xff')

    assert "stories.json, line 2, byte 1: it is not UTF-8" in bring("coral", folder).stderr


BOMB = (
    '<!DOCTYPE disqus [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<disqus xmlns="http://disqus.com"><post>&b;</post></disqus>'
)


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("disqus", DISQUS.read_bytes()[:1500], "it ends in the middle: it is cut"),
        ("disqus", BOMB, "line 1: it declares an entity"),
        ("disqus", "<rss></rss>", "line 1: its outermost element is <rss>, not <disqus>"),
        ("disqus", "<disqus>" + "<a>" * 100, "line 1: elements are nested more than 64 deep"),
        ("wordpress", b"<rss><item>\xff</item></rss>", "line 1, column 12: it is no XML there"),
        ("wordpress", '<?xml version="1.0" encoding="gbk"?><rss/>', "save it as UTF-8"),
        ("wordpress", '<?xml version="1.0" encoding="xyz"?><rss/>', "save it as UTF-8"),
        ("wordpress", '<?xml version="1.0" encoding="utf-16"?><rss/>', "save it as UTF-8"),
        ("wordpress", "<rss><channel/></rss>", "no comment of wordpress is in file"),
        ("artalk", b'[{"a": "x"},\n{"a": "\xe4"}]', "line 2, byte 8: it is not UTF-8"),
        ("waline", '[{"a": "ä"}]'.encode("utf-16"), "line 1, byte 1: it is not UTF-8"),
        ("commento", b'{"comments": [{"a": "\xc3', "after row 0: it is no JSON there, or is cut"),
        ("cusdis", b'{"pages": [{"a": 1}]\n, "b": \xff', "line 2, byte 8: it is not UTF-8"),
        ("isso", '[{"id": "/a", "comments": [', "it is no JSON there, or is cut"),
        ("isso", '[{"x": 1}]', "a thread of Isso has `id`, `title` and `comments`"),
        ("isso", b"SQLite format 3\0 and so on", "table threads, after row 0: the file is damaged"),
        ("waline", "[" * 100_000, "nested"),
        ("commento", "[" * 100_000, "it is nested too deeply"),
        ("isso", '{"a": ' * 100_000, "it is nested too deeply"),
        (
            "remark42",
            '{"version": 1}\n{"id": ' + "9" * 5_000 + "}",
            "line 2 has a number of thousands of digits",
        ),
        ("artalk", '{"a": 1}', "it has no list at item"),
        ("remark42", '{"id": 1}', "begins with a line such as"),
        ("remark42", '{"version": 1}\n{"id": "\xff', "line 2, column 8: it is no JSON there"),
        ("remark42", b'{"version": 1}\n{"id": "\xff"}', "line 2, byte 9: it is not UTF-8"),
        ("remark42", b"\x1f\x8b\x08\x00cut", "is compressed, and damaged or cut"),
        ("parley", '{"parley_export": 1}\n', "without its line of the type `end`: it is cut"),
        ("coral", "{" * 100_000, "line 1"),
    ],
)
def test_a_broken_file_is_told_and_leaves_nothing(
    kind: str, content: str | bytes, sentence: str, database: Database, tmp_path: Path
) -> None:
    before = everything(database)

    result = bring_text(kind, tmp_path / "file", content)

    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("Error: nothing was imported: ")
    assert sentence in result.stderr
    assert everything(database) == before


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_may_have_a_mark_before_it(name: str, database: Database, tmp_path: Path) -> None:
    marked = BOM_UTF8 + (SAMPLES / name).read_bytes()

    bring_text(name.split(".")[0], tmp_path / name, marked)

    assert stored(database) == EXPECTED[name]


def test_what_no_database_keeps_is_left_out(database: Database, tmp_path: Path) -> None:
    half = "\ud800 \0"
    at = {"submitted_at": "2020-05-01T10:00:00Z", "edited_at": "2020-05-01T10:01:00Z"}
    earlier = {"version": 1, "name": half, "text": half, "replaced_at": at["edited_at"]}
    lines = [
        {"parley_export": 1},
        {"type": "page", "key": "/a", "moved_to": half, half: half},
        {"type": "comment", "id": "1", "page": "/a", "status": "approved", "name": f"A{half}"}
        | {"text": f"{half}b", "version": 2, "earlier_texts": [earlier], **at},
        {"type": "label", "text": half, "attribute": "spam", "value": 1, "weight": 1}
        | {"source": "akismet", "created_at": at["edited_at"]},
        {"type": "decision", "comment": half},
        {"type": "end"},
    ]

    result = bring_text("parley", tmp_path / "x", "\n".join(map(json.dumps, lines)))

    assert result.exit_code == 0, result.output
    assert stored(database) == [Row("A\ufffd ", "\ufffd b", "approved")]


def wordpress_comment(number: int, meta: str = "") -> str:
    return (
        f"<c:comment><c:comment_id>{number}</c:comment_id><c:comment_author>Ada</c:comment_author>"
        f"<c:comment_date_gmt>2020-05-0{number} 10:00:00</c:comment_date_gmt>"
        f"<c:comment_content>Text {number}.</c:comment_content>"
        f"<c:comment_approved>1</c:comment_approved><c:comment_parent>{number - 1}"
        f"</c:comment_parent><c:commentmeta><c:meta_value>{meta}</c:meta_value></c:commentmeta>"
        "</c:comment>"
    )


def test_a_post_may_have_any_number_of_comments(database: Database, tmp_path: Path) -> None:
    long = "x" * 6_000_000  # plugins keep much beside each comment
    comments_of_post = "".join(wordpress_comment(number, long) for number in (1, 2, 3))
    post = f"<item>{comments_of_post}<link>https://paper.example/late</link></item>"

    result = bring_text(
        "wordpress", tmp_path / "x", f'<rss xmlns:c="wp"><channel>{post}</channel></rss>'
    )

    assert result.exit_code == 0, result.output
    assert stored(database) == [
        Row("Ada", "Text 1.", "approved"),
        Row("Ada", "Text 2.", "approved", "Ada"),
        Row("Ada", "Text 3.", "approved", "Ada"),
    ]


@pytest.mark.parametrize("many", ["<a/>" * 100_000, "x" * 16_000_001], ids=["empty", "text"])
def test_one_element_without_end_is_refused(tmp_path: Path, many: str) -> None:
    result = bring_text("wordpress", tmp_path / "x", f"<rss><item>{many}</item></rss>")

    assert "line 1: one element has too much in it" in result.stderr


def test_a_thread_that_nobody_could_read_is_refused(database: Database, tmp_path: Path) -> None:
    rows = (
        f'{{"id": "{n}", "rid": "{n - 1}", "content": "x", "nick": "A", "page_key": "/a",'
        ' "created_at": "2020-05-01 10:00:00"}'
        for n in range(1, 3000)
    )

    result = bring_text("artalk", tmp_path / "deep.json", f"[{','.join(rows)}]")

    assert "row 1002: this comment has more than 1,000 answers above it" in result.stderr
    assert stored(database) == []


def test_comments_that_answer_each_other_do_not_come(database: Database, tmp_path: Path) -> None:
    rows = [
        f'{{"id": "{own}", "rid": "{other}", "content": "x", "nick": "A", "page_key": "/a",'
        ' "created_at": "2020-05-01 10:00:00"}'
        for own, other in ((1, 2), (2, 1))
    ]

    result = bring_text("artalk", tmp_path / "round.json", f"[{','.join(rows)}]")

    assert "2: its answers go round in a circle" in result.stderr
    assert stored(database) == []


ROW = '{"id": "%s", "content": "%s", "nick": "A", "page_key": "/a", "created_at": "%s"}'
FUTURE = "2090-05-01 10:00:00"


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_file_of_which_nothing_can_come_is_a_failure(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    good = ROW % (1, "Well said.", "2020-05-01 10:00:00")
    late, empty = ROW % (2, "Well said.", FUTURE), ROW % (3, " ", "2020-05-01 10:00:00")

    results = [
        bring_text("artalk", tmp_path / "rows.json", f"[{rows}]", *options)
        for rows in (f"{late}, {empty}", late, f"{good}, {late}, {empty}")
    ]

    assert [result.exit_code for result in results] == [1, 1, 0]
    assert "Error: no comment of the file can come, for the reasons above" in results[0].stderr


def test_finished_days_are_counted_again(database: Database, site: Site) -> None:
    kept = dict.fromkeys(("submitted", "approved", "rejected", "waiting"), 0)
    kept |= {"by_moderator": 0, "by_policy": 0, "overturned": 0}
    yesterday = {"day": 20_000, "site_id": site.id, "reasons": []}
    with database.write() as connection:
        connection.execute(daily_rollups.insert().values(**kept, **yesterday))

    bring("disqus", DISQUS)

    with database.read() as connection:
        query = select(daily_rollups.c.day, daily_rollups.c.stale_since)
        days = {row.day for row in connection.execute(query) if row.stale_since is not None}
    assert days == {18_383, 18_384, 18_385, 18_386}
