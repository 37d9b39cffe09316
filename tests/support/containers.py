"""docker-compose.yml, run by the container engine of this machine."""

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from functools import cache
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from tests.support.program import free_port, wait_until

ROOT = Path(__file__).parents[2]
SITE = "paper"
PAGE = "/bridge"
OURS = ("parley-service", "parley-worker")


@cache
def compose_command() -> list[str] | None:
    """How Docker Compose is called here; None where there is no engine or no Compose."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if _answers([*command, "version"]) and _answers(["docker", "info"]):
            return command
    return None


class Composed:
    """What the file starts, under a project's name and a port of its own."""

    def __init__(self, project: str, tag: str) -> None:
        port = free_port()
        self.at = f"http://127.0.0.1:{port}"
        self.project = project
        self.environment = os.environ | {
            "PARLEY_PORT": str(port),
            "PARLEY_PUBLIC_URL": self.at,
            "PARLEY_IMAGE_TAG": tag,
            "PARLEY_SECRET_KEY": "of-the-tests-and-of-nothing-else-0",
            "PARLEY_SUBMIT_LIMIT": "off",
            "POSTGRES_PASSWORD": "of-the-tests",
            "REDIS_PASSWORD": "of-the-tests-too",
        }
        self.browser = build_opener(HTTPCookieProcessor(CookieJar()))
        self.key = ""

    def compose(self, *arguments: str) -> str:
        """What Compose prints on its standard output; it must end well."""
        command = [*(compose_command() or []), "--project-name", self.project, *arguments]
        return _run(command, self.environment)

    def parley(self, *arguments: str) -> str:
        """What a command of Parley prints in the web server's container."""
        return self.compose("exec", "-T", "service", "parley", *arguments)

    def doctor(self) -> list[str]:
        """The lines of the operator's check, but for the address: the container cannot ask it."""
        command = ["exec", "-T", "service", "sh", "-c", "parley doctor; true"]
        lines = self.compose(*command).splitlines()
        return [line for line in lines if "public address:" not in line]

    def up(self, *arguments: str) -> None:
        """Start what is not there yet, and wait until it is ready."""
        self.compose("up", "--detach", "--no-build", *arguments)
        wait_until(self.is_ready, seconds=240)

    def is_ready(self) -> bool:
        """Whether the web server says so."""
        try:
            return bool(self.browser.open(f"{self.at}/readyz", timeout=10).status == 200)
        except OSError:
            return False

    def add_site(self) -> None:
        """A site whose server, the tests, has a key."""
        self.parley("site", "add", SITE, "--origin", "http://paper.example")
        self.key = self.parley("site", "key", SITE).split()[-1]

    def containers(self, service: str) -> list[str]:
        """The ids of the service's containers that run."""
        return self.compose("ps", "--quiet", service).split()

    def crash(self, container: str) -> None:
        """Kill it as the system would: its engine then starts it again."""
        process = _run(["docker", "inspect", "--format", "{{.State.Pid}}", container])
        os.kill(int(process), signal.SIGKILL)

    def submit(self, text: str, source: str) -> dict[str, Any]:
        """A comment by the site's server; raises OSError where it is not accepted."""
        body = {"site": SITE, "page": PAGE, "name": "Ada", "text": text, "source_id": source}
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        request = Request(f"{self.at}/v1/comments", json.dumps(body).encode(), headers)
        with self.browser.open(request, timeout=30) as answer:
            comment: dict[str, Any] = json.load(answer)
            return comment

    def status(self, accepted: dict[str, Any]) -> str:
        """What has become of a comment."""
        headers = {"Parley-Author-Token": accepted["author_token"]}
        request = Request(accepted["status_url"], headers=headers)
        with self.browser.open(request, timeout=30) as answer:
            return str(json.load(answer)["status"])

    def open(self, path: str, fields: dict[str, str] | None = None) -> str:
        """The page that a moderator's browser ends on; a form is sent by POST."""
        body = None if fields is None else urlencode(fields).encode()
        headers = {"Origin": self.at, "Accept": "text/html"}
        request = Request(self.at + path.removeprefix(self.at), body, headers)
        with self.browser.open(request, timeout=30) as answer:
            return str(answer.read().decode())

    def sign_in(self) -> None:
        """The tests' browser becomes a new moderator's."""
        link = re.search(r"http\S+", self.parley("moderator", "add", "Grace", "--role", "admin"))
        assert link
        self.open(link[0], dict(re.findall(r'name="(\w+)" value="([^"]*)"', self.open(link[0]))))


def composed(project: str) -> Iterator[Composed]:
    """The system of the file, with a site; all of it is gone at the end.

    Both images are built, unless PARLEY_IMAGE_TAG names some that are there already.
    """
    tag = os.environ.get("PARLEY_IMAGE_TAG", "tested")
    system = Composed(project, tag)
    if not all(_answers(["docker", "image", "inspect", f"{name}:{tag}"]) for name in OURS):
        system.compose("build")
    try:
        system.up()
        system.add_site()
        yield system
    finally:
        system.compose("down", "--volumes", "--timeout", "1")


def image_with(tag: str, folder: Path, *lines: str) -> str:
    """Make both images anew with more lines of a Dockerfile, from files in the folder.

    Returns:
        The new tag.
    """
    for name in OURS:
        (folder / "Dockerfile").write_text("\n".join((f"FROM {name}:{tag}", *lines)))
        _run(["docker", "build", "--quiet", "--tag", f"{name}:{tag}-next", str(folder)])
    return f"{tag}-next"


def _answers(command: list[str]) -> bool:
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, capture_output=True).returncode == 0


def _run(command: list[str], environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout
