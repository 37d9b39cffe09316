"""The examples of docs/integrations.md and its pages, run as they stand there."""

import hashlib
import hmac
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.program import Program
from tests.support.registry_clients import from_pypi
from tests.support.stand_in import StandIn, standing_in

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "docs/integrations.md", *sorted(ROOT.glob("docs/integrations/*.md"))]
EXAMPLE = re.compile(r"^```(?:python|js)\n(?:#|//) ([\w-]+\.\w+).*\n((?:.*\n)*?)```$", re.MULTILINE)
EXAMPLES = dict(pair for page in PAGES for pair in EXAMPLE.findall(page.read_text()))
CIVIL, ABUSIVE = "Thank you for this article.", "You are a stupid idiot and nobody wants you here."
WALINE = """
const { preSave } = require("./index.cjs");
const comment = { nick: "Ada", comment: process.argv[1], status: process.argv[2] };
preSave(comment).then((answer) => console.log(comment.status, answer));
"""

Run = Callable[..., str]


@pytest.fixture(scope="module")
def key(program: Program) -> str:
    program.command("site", "add", "integration-examples", "--origin", "https://paper.example")
    return program.command("site", "key", "integration-examples", "--scope", "score").split()[-1]


@pytest.fixture
def run(tmp_path: Path, program: Program, key: str) -> Run:
    """Runs a command in a folder with all examples, as a reader of the page would have it."""
    for name, code in EXAMPLES.items():
        (tmp_path / name).write_text(code)
    environment = {**program.environment, "CHECKS_URL": f"{program.url}/v1/checks"}

    def run(*command: str, **settings: str) -> str:
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**environment, "CHECKS_KEY": key, "PYTHONPATH": str(tmp_path), **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    return run


@pytest.fixture
def api() -> Iterator[StandIn]:
    with standing_in() as api:
        yield api


def post(run: Run, module: str, body: object, **settings: str) -> str:
    """What the example's own server answers to a POST, as its status code."""
    code = (
        f"import sys, {module}; client = {module}.app.test_client();"
        " body = sys.argv[1].encode();"
        " headers = dict(pair.split('=', 1) for pair in sys.argv[2:]);"
        f" print(client.post('/{module}', data=body, headers=headers,"
        " content_type='application/json').status_code)"
    )
    headers = settings.pop("headers", "").split()
    return run(sys.executable, "-c", code, json.dumps(body), *headers, **settings)


def node() -> str:
    path = shutil.which("node")
    if path is None:
        pytest.skip("no Node here: the example for Node was not run")
    return path


def test_a_research_script_gets_a_score(
    run: Run, program: Program, request: pytest.FixtureRequest
) -> None:
    assert request.config.cache is not None
    package = from_pypi(request.config.cache.mkdir("clients"), "google-api-python-client")

    score = run(sys.executable, "perspective.py", PARLEY_ADDRESS=program.url, **package)

    assert float(score) > 0.9


def test_a_program_of_akismet_s_client_hears_that_a_comment_is_none(
    run: Run, program: Program, request: pytest.FixtureRequest
) -> None:
    assert request.config.cache is not None
    package = from_pypi(request.config.cache.mkdir("clients"), "akismet")

    assert run(sys.executable, "spam_check.py", PARLEY_ADDRESS=program.url, **package) == "HAM"


def test_an_example_has_about_ten_lines() -> None:
    lengths = {
        name: len([line for line in code.splitlines() if line.strip() and "import" not in line])
        for name, code in EXAMPLES.items()
    }

    assert {"may_pass.py", "may-pass.mjs", "index.cjs", "artalk.py", "ghost.py"} <= {*lengths}
    assert {name: count for name, count in lengths.items() if count > 14} == {}


@pytest.mark.parametrize(("text", "passes"), [(CIVIL, "True"), (ABUSIVE, "False")])
def test_python_asks_whether_a_comment_may_pass(run: Run, text: str, passes: str) -> None:
    code = "import sys; from may_pass import may_pass; print(may_pass('Ada', sys.argv[1]))"

    assert run(sys.executable, "-c", code, text) == passes


@pytest.mark.parametrize(("text", "passes"), [(CIVIL, "true"), (ABUSIVE, "false")])
def test_node_asks_whether_a_comment_may_pass(run: Run, text: str, passes: str) -> None:
    code = 'import("./may-pass.mjs").then(({ mayPass }) => mayPass("Ada", process.argv[1])).then('
    code += "console.log)"

    assert run(node(), "-e", code, text) == passes


@pytest.mark.parametrize(
    ("text", "before", "after", "url"),
    [
        (CIVIL, "approved", "approved", None),
        (ABUSIVE, "approved", "waiting", None),
        (CIVIL, "spam", "spam", None),
        (CIVIL, "approved", "waiting", "http://127.0.0.1:9/v1/checks"),  # Parley is away
    ],
)
def test_waline_lets_wait_what_does_not_pass(
    run: Run, tmp_path: Path, text: str, before: str, after: str, url: str | None
) -> None:
    package = tmp_path / "node_modules/@waline/vercel"
    package.mkdir(parents=True)
    (package / "index.js").write_text("module.exports = (options) => options;")
    settings = {"CHECKS_URL": url} if url else {}

    assert run(node(), "-e", WALINE, text, before, **settings) == f"{after} undefined"


def test_artalk_gets_published_what_passes(run: Run, api: StandIn) -> None:
    settings = {"ARTALK_URL": api.url, "ARTALK_TOKEN": "a-token"}
    fields = {"site_name": "Paper", "page_key": "/a", "rid": 0, "is_pending": True, "nick": "Ada"}

    for number, text in enumerate((CIVIL, ABUSIVE)):
        comment = {"id": number, "content": text, **fields}
        body = {"notify_subject": "", "comment": comment, "parent_comment": None}
        assert post(run, "artalk", body, **settings) == "204"

    published: dict[str, Any] = {"id": 0, "content": CIVIL, **fields, "is_pending": False}
    assert [(asked.method, asked.path, asked.body) for asked in api.asked] == [
        ("PUT", "/api/v2/comments/0", published)
    ]
    assert api.asked[0].headers["Authorization"] == "Bearer a-token"


def test_cusdis_approves_what_passes(run: Run, api: StandIn) -> None:
    for token, text in (("one", CIVIL), ("two", ABUSIVE)):
        comment = {
            "by_nickname": "Ada",
            "content": text,
            "approve_link": f"{api.url}/open/approve?token={token}",
        }
        body = {"type": "new_comment", "data": comment}
        assert post(run, "cusdis", body, CUSDIS_URL=api.url) == "204"

    assert [(asked.method, asked.path) for asked in api.asked] == [
        ("POST", "/api/open/approve?token=one")
    ]


def test_ghost_hides_what_does_not_pass(run: Run, api: StandIn) -> None:
    comments = [
        {"id": "c1", "html": f"<p>{CIVIL}</p>", "member": {"name": "Ada"}},
        {"id": "c2", "html": f"<p>{ABUSIVE}</p>", "member": {"name": None}},
        {"id": "c3", "html": f"<p>{ABUSIVE}</p>", "member": None},
    ]
    api.answers["/ghost/api/admin/comments/"] = {"comments": comments}

    run(sys.executable, "ghost.py", GHOST_URL=api.url, GHOST_KEY=f"an-id:{'ab' * 32}")

    assert [(asked.method, asked.path, asked.body) for asked in api.asked[1:]] == [
        ("PUT", f"/ghost/api/admin/comments/{number}/", {"comments": [{"id": number, **hidden}]})
        for number, hidden in (("c2", {"status": "hidden"}), ("c3", {"status": "hidden"}))
    ]
    assert api.asked[0].headers["Authorization"].startswith("Ghost ey")


@pytest.mark.parametrize(
    ("text", "secret", "status", "flags"),
    [(CIVIL, b"secret", "204", 0), (ABUSIVE, b"secret", "204", 1), (ABUSIVE, b"other", "403", 0)],
)
def test_discourse_tells_its_moderators_of_what_does_not_pass(
    run: Run, api: StandIn, text: str, secret: bytes, status: str, flags: int
) -> None:
    body = {"post": {"id": 7, "username": "ada", "raw": text}}
    signature = hmac.new(secret, json.dumps(body).encode(), hashlib.sha256).hexdigest()

    answered = post(
        run,
        "discourse",
        body,
        DISCOURSE_URL=api.url,
        DISCOURSE_KEY="a-key",
        WEBHOOK_SECRET="secret",  # noqa: S106
        headers=f"X-Discourse-Event-Signature=sha256={signature}",
    )

    assert (answered, len(api.asked)) == (status, flags)
    for asked in api.asked:
        assert (asked.path, asked.headers["Api-Key"]) == ("/post_actions.json", "a-key")
        assert (asked.body["id"], asked.body["post_action_type_id"]) == (7, 7)
