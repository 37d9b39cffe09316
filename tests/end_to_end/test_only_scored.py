"""What is only scored is in no file, no log and no Redis; and a key is in no log."""

import json
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError

import pytest
from redis import Redis

from tests.support.program import Program, running, wait_until

WORD = "zzuniquelyrudeidiot"
SEEN = "zzstoredonpurpose"


@pytest.fixture(scope="module")
def own(short_folder: Path) -> Iterator[tuple[Program, Path]]:
    var = short_folder / "scored"
    var.mkdir()
    with running(var, PARLEY_HOST="127.0.0.1") as program:
        yield program, var


def post(program: Program, path: str, fields: object, key: str) -> int:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    sent = json.dumps(fields).encode()
    request = urllib.request.Request(program.url + path, sent, headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def ask_everything(program: Program, key: str) -> set[int]:
    """By each protocol, taken and refused; returns the status codes."""
    comment = {"text": f"{WORD} fool"}
    analysis = {"comment": comment, "requestedAttributes": {"TOXICITY": {}}}
    questions: list[tuple[str, object]] = [
        (f"/v1alpha1/comments:analyze?key={key}", analysis),
        (f"/comments:analyze?key={key}", {**analysis, "spanAnnotations": True, WORD: 1}),
        (f"/comments:analyze?key={key}{WORD}", analysis),
        ("/v1/moderations", {"input": WORD}),
        ("/v1/moderations", {"input": [{"type": WORD}]}),
        ("/v1/checks", {"comments": [{"name": WORD, "text": WORD}]}),
        ("/v1/checks", {"comments": [{"name": WORD, "text": WORD, "address": WORD}]}),
    ]
    return {post(program, path, fields, key) for path, fields in questions}


def kept_in_redis(var: Path) -> bytes:
    """Every key of Redis, and every value as Redis would save it."""
    with Redis(unix_socket_path=str(next(var.rglob("redis.sock")))) as redis:
        return b"".join(key + (redis.dump(key) or b"") for key in redis.scan_iter())


def kept_in_files(var: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in var.rglob("*") if path.is_file()}


def test_what_is_only_scored_is_kept_nowhere(own: tuple[Program, Path]) -> None:
    program, var = own
    key = program.command("site", "key", "demo", "--scope", "score").strip()

    codes = ask_everything(program, key)
    spam = {"SPAM": {"summaryScore": {"value": 1}}}
    suggested = {"comment": {"text": SEEN}, "attributeScores": spam}
    assert post(program, "/v1alpha1/comments:suggestscore", suggested, key) == HTTPStatus.OK

    assert codes == {HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
    wait_until(lambda: any(SEEN.encode() in content for content in kept_in_files(var).values()))
    kept = kept_in_files(var) | {"Redis": kept_in_redis(var)}
    assert kept["Redis"]
    for secret in (WORD, key):
        assert [place for place, content in kept.items() if secret.encode() in content] == []
