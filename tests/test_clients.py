"""The two clients of docs/clients.md, run as they stand there."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.notifications.signing import signature
from tests.support.program import Program

PAGE = (Path(__file__).parents[1] / "docs/clients.md").read_text()
EXAMPLE = re.compile(r"^```(?:python|js)\n(?:#|//) ([\w-]+\.\w+)\n((?:.*\n)*?)```$", re.MULTILINE)
CLIENTS = dict(EXAMPLE.findall(PAGE))
PYTHON = """
import json, sys
from parley_client import Parley, is_from_parley
server, key, webhooks = sys.argv[1:]
client = Parley(server, "clients", key)
sent = [client.submit("/py", "Ada", "Thank you for this article.", "py-1") for _ in range(2)]
status = client.wait(sent[0])
texts = [comment["text"] for comment in client.list("/py")]
many = [comment["text"] for comment in client.list("/many")]
checks = [is_from_parley(*hook[:2], hook[2].encode()) for hook in json.loads(webhooks)]
print(json.dumps([len({one["id"] for one in sent}), status, texts, many, checks]))
"""
NODE = """
import { client, isFromParley } from "./parley-client.mjs";
const [server, key, webhooks] = process.argv.slice(2);
const parley = client(server, "clients", key);
const text = "Thank you for this article.";
const comment = { page: "/js", name: "Ada", text, source_id: "js-1" };
const sent = [await parley.submit(comment), await parley.submit(comment)];
const status = await parley.wait(sent[0]);
const texts = [];
for await (const listed of parley.list("/js")) texts.push(listed.text);
const many = [];
for await (const listed of parley.list("/many")) many.push(listed.text);
const checks = JSON.parse(webhooks).map((hook) => isFromParley(...hook));
const ids = new Set(sent.map((one) => one.id));
console.log(JSON.stringify([ids.size, status, texts, many, checks]));
"""
MANY = [f"Comment {number}" for number in range(120)]
BODY, SECRET = '{"type": "x"}', "whsec_c2VjcmV0IG9mIGEgd2ViaG9vaw=="
OTHER = "whsec_YW5vdGhlciBzZWNyZXQgb2Ygb25l"
Run = Callable[..., list[object]]


@pytest.fixture(scope="module")
def key(program: Program, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of a site with more comments on a page than one answer has."""
    program.command("site", "add", "clients", "--origin", "https://clients.example")
    export = tmp_path_factory.mktemp("isso") / "isso.json"
    comments = [
        {"id": number, "author": "Ada", "created": "2020-05-01 10:00:00", "text": text}
        for number, text in enumerate(MANY)
    ]
    export.write_text(json.dumps([{"id": "/many", "title": "Many", "comments": comments}]))
    program.command("import", "isso", str(export), "--site", "clients")
    return program.command("site", "key", "clients").split()[-1]


@pytest.fixture
def run(tmp_path: Path, program: Program, key: str) -> Run:
    """Runs a program beside the clients, with the server, a key and webhooks as arguments."""
    for name, code in {**CLIENTS, "use.py": PYTHON, "use.mjs": NODE}.items():
        (tmp_path / name).write_text(code)

    def run(*command: str) -> list[object]:
        arguments = (*command, program.url, key, json.dumps(webhooks()))
        done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))

    return run


def webhooks() -> list[tuple[str, dict[str, str], str]]:
    """One that is right, one signed by two secrets, and some that are wrong."""
    right, old = delivery(), delivery(secret=OTHER)
    both = f"{old[1]['webhook-signature']} {right[1]['webhook-signature']}"
    rotated = (SECRET, {**right[1], "webhook-signature": both}, BODY)
    changed = (*right[:2], '{"type": "y"}')
    odd = (SECRET, {**right[1], "webhook-signature": "v1,é v1 x"}, BODY)
    days = [delivery(late=days * 86_400) for days in (-1, 1)]
    return [right, rotated, changed, (OTHER, *right[1:]), odd, *days]


def delivery(secret: str = SECRET, late: int = 0) -> tuple[str, dict[str, str], str]:
    moment = int(time.time()) - late
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(moment)}
    headers["webhook-signature"] = signature(secret, "msg_1", moment, BODY.encode())
    return secret, headers, BODY


CHECKS = [True, True, False, False, False, False, False]
EXPECTED = [1, "approved", ["Thank you for this article."], MANY, CHECKS]


def test_python_client_submits_polls_lists_and_verifies(run: Run) -> None:
    assert run(sys.executable, "use.py") == EXPECTED


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not there")
def test_javascript_client_submits_polls_lists_and_verifies(run: Run) -> None:
    assert run("node", "use.mjs") == EXPECTED


def test_each_is_short() -> None:
    lines = {
        name: len(list(filter(str.strip, code.splitlines()))) for name, code in CLIENTS.items()
    }

    assert set(lines) == {"parley_client.py", "parley-client.mjs"}
    assert max(lines.values()) <= 30
