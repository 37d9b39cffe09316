"""What is only scored is in no file, no log and no Redis; and a key is in no log."""

import hashlib
import hmac
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from redis import Redis

from tests.support.program import Program, running, wait_until

WORD = "zzuniquelyrudeidiot"
SEEN = "zzstoredonpurpose"
ADDRESS = "203.0.113.77"
SECRET = "zzsigningsecretofcoral"  # noqa: S105
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Question:
    path: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def own(short_folder: Path) -> Iterator[tuple[Program, Path]]:
    var = short_folder / "scored"
    var.mkdir()
    with running(var, PARLEY_HOST="127.0.0.1") as program:
        yield program, var


@pytest.fixture(scope="module")
def key(own: tuple[Program, Path]) -> str:
    """A key that may ask; and the site takes what SECRET signs."""
    program, _ = own
    command = [sys.executable, "-m", "cli", "site", "coral", "demo", "--add"]
    subprocess.run(command, input=SECRET, text=True, env=program.environment, check=True)
    return program.command("site", "key", "demo", "--scope", "score").strip()


def ask(program: Program, question: Question) -> tuple[int, str]:
    request = urllib.request.Request(
        program.url + question.path, question.body, dict(question.headers)
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status), answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def as_json(path: str, fields: object, key: str) -> Question:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    return Question(path, json.dumps(fields).encode(), headers)


def analyses(key: str) -> Iterator[Question]:
    """To Perspective, OpenAI and the checks, taken and refused."""
    analysis = {
        "comment": {"text": f"You are such a {WORD} fool"},
        "requestedAttributes": {"TOXICITY": {}},
    }
    yield as_json(f"/v1alpha1/comments:analyze?key={key}", analysis, key)
    yield as_json(f"/comments:analyze?key={key}", {**analysis, "languages": [WORD[:3]]}, key)
    yield as_json(f"/{WORD}/comments:analyze?key={key}", {**analysis, WORD: 1}, key)
    yield as_json(f"/comments:analyze?key={key}{WORD}", analysis, key)
    yield as_json("/v1/moderations", {"input": WORD}, key)
    yield as_json("/v1/moderations", {"input": [{"type": WORD}]}, key)
    comment = {"name": WORD, "text": WORD, "page": WORD}
    yield as_json("/v1/checks", {"comments": [{**comment, "address": ADDRESS}]}, key)
    yield as_json("/v1/checks", {"comments": [{**comment, "address": WORD}]}, key)


def akismet_form(**more: str) -> bytes:
    """With all that a program tells of an author."""
    fields = ("comment_author", "comment_content", "user_agent", "referrer", "permalink", WORD)
    author = dict.fromkeys(fields, WORD) | {"comment_author_email": f"{WORD}@example.com"}
    return urlencode(
        {"blog": "https://paper.example", "user_ip": ADDRESS, **author, **more}
    ).encode()


def spam_questions(key: str) -> Iterator[Question]:
    """To Akismet, with the key in the body, the path and the host's name; taken and refused."""
    headers = {"Content-Type": FORM}
    check = "1.1/comment-check"
    yield Question(f"/{check}", akismet_form(api_key=key), headers)
    yield Question(f"/akismet/{key}/{check}", akismet_form(), headers)
    yield Question(f"/{check}", akismet_form(), {**headers, "Host": f"{key}.localhost"})
    yield Question(f"/{check}", akismet_form(api_key=key, user_ip=""), headers)
    yield Question(f"/akismet/{key}{WORD}/{check}", akismet_form(), headers)
    yield Question("/1.1/verify-key", akismet_form(key=key), headers)
    yield Question("/1.1/verify-key", akismet_form(key=key + WORD), headers)
    yield Question("/1.1/submit-ham", akismet_form(api_key=key, is_test="1"), headers)


def coral_question(comment: object, secret: str = SECRET) -> Question:
    body = json.dumps({"action": "NEW", "comment": comment, "author": {"id": WORD}}).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return Question("/coral/demo", body, {"X-Coral-Signature": f"sha256={signature}"})


def coral_questions() -> Sequence[Question]:
    comment = {"body": f"<p>{WORD}</p>", "parentID": WORD}
    return [
        coral_question(comment),
        coral_question(WORD),
        coral_question(comment, "another secret"),
    ]


def store_on_purpose(program: Program, key: str) -> None:
    """A label by each protocol that makes one: of its text alone, whoever wrote it."""
    spam = {"SPAM": {"summaryScore": {"value": 1}}}
    suggested = {"comment": {"text": SEEN}, "attributeScores": spam, "sessionId": WORD}
    named = akismet_form(api_key=key, comment_content=f"<p>{SEEN} too</p>")
    for question in (
        as_json("/v1alpha1/comments:suggestscore", suggested, key),
        Question("/1.1/submit-spam", named, {"Content-Type": FORM}),
    ):
        assert ask(program, question)[0] == HTTPStatus.OK


def kept_in_redis(var: Path) -> bytes:
    """Every key of Redis, and every value as Redis would save it."""
    with Redis(unix_socket_path=str(next(var.rglob("redis.sock")))) as redis:
        return b"".join(key + (redis.dump(key) or b"") for key in redis.scan_iter())


def kept_in_files(var: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in var.rglob("*") if path.is_file()}


def test_what_is_only_scored_is_kept_nowhere(own: tuple[Program, Path], key: str) -> None:
    program, var = own

    scored = [ask(program, question)[0] for question in analyses(key)]
    words = [ask(program, question) for question in spam_questions(key)]
    opinions = [ask(program, question)[0] for question in coral_questions()]
    store_on_purpose(program, key)

    assert scored == [200, 400, 400, 400, 200, 400, 200, 422]
    assert [word for _, word in words[:7]] == [
        *("false",) * 3,
        *("invalid",) * 2,
        *("valid", "invalid"),
    ]
    assert opinions == [200, 400, 403]
    wait_until(lambda: any(SEEN.encode() in content for content in kept_in_files(var).values()))
    kept = kept_in_files(var) | {"Redis": kept_in_redis(var)}
    assert kept["Redis"]
    for secret in (WORD, key, ADDRESS):
        assert [place for place, content in kept.items() if secret.encode() in content] == []


def test_a_signing_secret_is_in_the_database_alone(own: tuple[Program, Path], key: str) -> None:
    program, var = own
    ask(program, coral_question({"body": WORD}))

    kept = kept_in_files(var) | {"Redis": kept_in_redis(var)}

    places = {place for place, content in kept.items() if SECRET.encode() in content}
    assert places
    assert {Path(place).name.partition(".")[0] for place in places} == {"parley"}
    assert not any(place.endswith(".log") for place in places)
