"""Clients of Perspective, OpenAI and Akismet, unchanged but for address and key, ask Parley."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.program import Program
from tests.support.registry_clients import from_npm, from_pypi

GOOGLE = """
import json, sys
from googleapiclient import discovery
from googleapiclient.errors import HttpError
url, key = sys.argv[1:]
service = discovery.build(
    "commentanalyzer", "v1alpha1", developerKey=key, static_discovery=False,
    discoveryServiceUrl=url + "/$discovery/rest?version=v1alpha1",
)
asked = {
    "comment": {"text": "You are a stupid idiot."},
    "requestedAttributes": {"TOXICITY": {}, "INSULT": {}},
    "spanAnnotations": True,
}
answer = service.comments().analyze(body=asked).execute()
scores = {"INSULT": {"summaryScore": {"value": 1}}}
suggested = {"comment": asked["comment"], "attributeScores": scores, "clientToken": "a"}
taken = service.comments().suggestscore(body=suggested).execute()
try:
    service.comments().analyze(body={**asked, "languages": ["is"]}).execute()
except HttpError as error:
    print(json.dumps([answer, taken, error.status_code, error.error_details]))
"""
PERSPECTIVE = """
const Perspective = require('perspective-api-client');
const [url, key] = process.argv.slice(2);
require('axios').interceptors.request.use((config) => {
  config.url = config.url.replace('https://commentanalyzer.googleapis.com', url);
  return config;
});
const client = new Perspective({apiKey: key});
(async () => {
  const answer = await client.analyze('You are a stupid idiot.', {attributes: ['toxicity']});
  const refusal = await client.analyze('Hello', {attributes: ['fun']}).catch((error) => error);
  console.log(JSON.stringify([answer, refusal.name, refusal.message]));
})();
"""
OPENAI = """
import json, sys
from openai import AuthenticationError, OpenAI
url, key = sys.argv[1:]
texts = ["You are a stupid idiot.", "Thank you for this article."]
answer = OpenAI(base_url=url + "/v1", api_key=key).moderations.create(input=texts)
results = [[r.flagged, r.category_scores.harassment, r.categories.sexual] for r in answer.results]
try:
    OpenAI(base_url=url + "/v1", api_key="sk-wrong").moderations.create(input="a")
except AuthenticationError as error:
    print(json.dumps([results, error.code]))
"""
AKISMET = """
import json, sys
import akismet, httpx
url, key = sys.argv[1:]
def lead(request):
    path = request.url.raw_path.decode()
    prefix = f"/akismet/{key}" if "key-sites" in path else ""  # it sends no key with this one
    request.url = httpx.URL(url + prefix + path)
http = httpx.Client(event_hooks={"request": [lead]}, timeout=60)
def client_of(key):
    config = akismet.Config(key=key, url="https://paper.example")
    return akismet.SyncClient.validated_client(config=config, http_client=http)
client, author = client_of(key), {"user_ip": "192.0.2.1", "user_agent": "x"}
spam = "Buy cheap viagra online now, best casino bonus, click here https://pills.example"
words = [client.comment_check(**author, comment_content=text).name for text in (spam, "Thanks.")]
thanks = [client.submit_spam(**author, comment_content=spam), client.submit_ham(**author)]
usage, websites = client.usage_limit()["usage"], client.key_sites()["total"]
try:
    client_of("0123456789ab")
except akismet.APIKeyError as error:
    print(json.dumps([words, thanks, usage, websites, type(error).__name__]))
"""


SITE = "score-clients"


@pytest.fixture(scope="module", autouse=True)
def _site(program: Program) -> None:
    program.command("site", "add", SITE, "--origin", "https://paper.example")


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Path:
    assert request.config.cache is not None
    return request.config.cache.mkdir("clients")


def key_of(program: Program, name: str) -> str:
    command = ("site", "key", SITE, "--scope", "score", "--name", name)
    return program.command(*command).strip()


def printed(command: list[str], environment: dict[str, str] | None = None) -> Any:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_google_s_python_client_by_discovery(program: Program, folder: Path) -> None:
    environment = from_pypi(folder, "google-api-python-client")

    arguments = [GOOGLE, program.url, key_of(program, "google")]
    answer, taken, status, details = printed([sys.executable, "-c", *arguments], environment)

    assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.5
    assert [span["begin"] for span in answer["attributeScores"]["INSULT"]["spanScores"]] == [10, 17]
    assert taken["clientToken"] == "a"
    assert (status, details[0]["errorType"]) == (400, "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE")
    label = json.loads(program.command("site", "labels", SITE).splitlines()[-1])
    assert (label["insult"], label["source"]) == (1, "suggestscore")


def test_the_npm_client_of_perspective(program: Program, folder: Path) -> None:
    script = from_npm(folder, "perspective-api-client") / "ask.js"
    script.write_text(PERSPECTIVE)

    answer, name, message = printed(["node", str(script), program.url, key_of(program, "npm")])

    assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.5
    assert (name, "FUN" in message) == ("ResponseError", True)


def test_openai_s_python_client(program: Program, folder: Path) -> None:
    environment = from_pypi(folder, "openai")

    arguments = [OPENAI, program.url, key_of(program, "openai")]
    results, code = printed([sys.executable, "-c", *arguments], environment)

    (is_held, insult, unknown), (is_kind_held, _, _) = results
    assert (is_held, is_kind_held, unknown, code) == (True, False, None, "invalid_api_key")
    assert insult > 0.5


def test_akismet_s_python_client(program: Program, folder: Path) -> None:
    environment = from_pypi(folder, "akismet")

    arguments = [AKISMET, program.url, key_of(program, "akismet")]
    words, thanks, usage, websites, refusal = printed(
        [sys.executable, "-c", *arguments], environment
    )

    assert (words, thanks) == (["SPAM", "HAM"], [True, True])
    assert (usage, websites, refusal) == (4, 1, "APIKeyError")
