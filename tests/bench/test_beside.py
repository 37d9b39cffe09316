"""Any server can be put beside Parley by a description, and the floors do what they say."""

import json
import sqlite3
from pathlib import Path

import pytest

from bench.beside.floors import Floor, Floors
from bench.beside.peer_file import PeerServer
from bench.problem import NotMeasured

DESCRIPTION = """
name = "Counting"
port = {port}
[submit]
path = "/204/new?page=$page"
status = 204
headers = {{ X-Token = "a" }}
body = '{{"page": $page, "by": $name, "text": $text}}'
[first_page]
path = "/200/$page?limit=$limit"
[count]
path = "/200/count"
field = "count"
[settled]
path = "/200/settled"
text = "settled"
"""


def described(folder: Path, text: str) -> PeerServer:
    file = folder / "peer.toml"
    file.write_text(text)
    return PeerServer(file)


@pytest.fixture
def peer(tmp_path: Path, port: int) -> PeerServer:
    return described(tmp_path, DESCRIPTION.format(port=port))


def test_a_submission_is_filled_in(peer: PeerServer) -> None:
    head, _, body = peer.submissions("/a b", ['He said "no"'])[0].decode().partition("\r\n\r\n")

    assert head.startswith("POST /204/new?page=%2Fa%20b HTTP/1.1\r\n")
    assert "\r\nX-Token: a\r\n" in head
    assert json.loads(body) == {"page": "/a b", "by": "Ada", "text": 'He said "no"'}


def test_a_form_is_filled_in_as_forms_are(tmp_path: Path) -> None:
    text = DESCRIPTION.format(port=1).replace(
        'X-Token = "a"', 'Content-Type = "application/x-www-form-urlencoded"'
    )
    form = text.replace('{"page": $page, "by": $name, "text": $text}', "text=$text&by=$name")

    request = described(tmp_path, form).submissions("/a", ["1 & 2"])[0]

    assert request.endswith(b"\r\n\r\ntext=1%20%26%202&by=Ada")


def test_its_first_page_is_asked_for_with_the_limit_of_all(peer: PeerServer) -> None:
    assert peer.first_page("/a").startswith(b"GET /200/%2Fa?limit=20 HTTP/1.1\r\n")


def test_it_is_waited_for(peer: PeerServer) -> None:
    peer.settle()


def test_an_answer_without_the_number_is_named(peer: PeerServer) -> None:
    with pytest.raises(NotMeasured, match="Counting has no number 'count' in its answer b'/200"):
        peer.count("/a")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("name = ", "is no TOML file that can be read"),
        ('name = "Other"', "'port' is a required property"),
        (DESCRIPTION.format(port=99_999), "port: 99999 is greater than the maximum of 65535"),
        (DESCRIPTION.format(port=1) + "more = 1", "settled: Additional properties are not allowed"),
    ],
)
def test_a_wrong_description_is_named(tmp_path: Path, wrong: str, sentence: str) -> None:
    with pytest.raises(NotMeasured, match=sentence):
        described(tmp_path, wrong)


def test_floors_answer_and_store(tmp_path: Path) -> None:
    floors = Floors(tmp_path)
    try:
        rates = [floors.rate(floor, 0.1, connections=2) for floor in Floor]
    finally:
        floors.stop()

    with sqlite3.connect(tmp_path / "floor.db") as connection:
        (stored,) = connection.execute("SELECT count(*) FROM comments").fetchone()
    assert all(rates)
    assert stored > 1
