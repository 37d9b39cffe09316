"""A site's server sends as many comments as it may, in a body as large as it may be."""

import json
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from service.public.batch import MAX_BATCH
from tests.support.program import Program, running

FULL = [
    {"page": f"/{number % 7}", "name": "Ada", "text": f"{number} {'word ' * 1_000}"}
    for number in range(MAX_BATCH)
]


def post(program: Program, key: str) -> list[dict[str, Any]]:
    body = json.dumps({"comments": FULL}).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{program.url}/v1/comments:batch", body, headers)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return list(json.load(answer)["comments"])


def test_a_key_opens_the_large_body_and_nothing_else_does(tmp_path: Path) -> None:
    with running(tmp_path, PARLEY_SITE_KEY_LIMIT="100000 per minute") as program:
        key = program.command("site", "key", "demo", "--name", "batches").strip().splitlines()[-1]

        with pytest.raises(URLError):  # 401, or the connection is closed while it still sends
            post(program, "wrong")
        answers = post(program, key)

    assert {one["status"] for one in answers} == {202}
    assert len({one["comment"]["id"] for one in answers}) == MAX_BATCH
