"""`parley up` as an operator sees it."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psutil

from tests.support.program import DEMO_PAGE, free_port, wait_until

CIVIL = "Thank you for this clear report, I learned a lot about the command structure."


ABUSIVE = "You are a stupid idiot and everybody hates you, shut up."


def as_with_nohup() -> None:
    """In a terminal that may be closed, also where the tests run in none and cannot be stopped."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Parley:
    """`parley up` as an operator sees it: what it printed, and the processes it started."""

    def __init__(self, var: Path) -> None:
        port = free_port()
        self.at = f"http://127.0.0.1:{port}"
        settings = {"PARLEY_VAR": str(var), "PARLEY_PORT": str(port)}
        self.environment = os.environ | settings | {"PARLEY_SUBMIT_LIMIT": "off"}
        self.log = var.parent / "said.log"
        self.browser = build_opener(HTTPCookieProcessor(CookieJar()))

    def start(self) -> None:
        self.log.write_text("")
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "up"],
                env=self.environment,
                stdout=log,
                stderr=log,
                preexec_fn=as_with_nohup,
            )
        wait_until(lambda: "Parley is running" in self.log.read_text())

    def processes(self) -> list[psutil.Process]:
        """Every process of this Parley, however it was started."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def kill_all(self) -> None:
        """As a power cut would, all at once."""
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):  # some end with their parent
                process.kill()
        self.process.wait()
        wait_until(lambda: not self.processes())

    def _owns(self, process: psutil.Process) -> bool:
        try:
            of = process.environ().get("PARLEY_VAR")
            redis = f"{self.environment['PARLEY_VAR']}/" in " ".join(process.cmdline())
            alive = process.status() != psutil.STATUS_ZOMBIE
            return alive and process.pid != os.getpid() and (of == self.var or redis)
        except psutil.Error:
            return False

    @property
    def var(self) -> str:
        return self.environment["PARLEY_VAR"]

    def link(self, name: str) -> str:
        match = re.search(rf"{name} +(http\S+)", self.log.read_text())
        assert match, self.log.read_text()
        return match[1]

    def submit(self, text: str, *, origin: str | None = None, site: str = "demo") -> dict[str, Any]:
        body = {"site": site, "page": DEMO_PAGE, "name": "Ada", "text": text}
        headers = {"Content-Type": "application/json", "Origin": origin or self.at}
        request = Request(f"{self.at}/v1/comments", json.dumps(body).encode(), headers)
        with self.browser.open(request) as answer:
            comment: dict[str, Any] = json.load(answer)
            return comment | {"allowed": answer.headers["Access-Control-Allow-Origin"]}

    def status(self, accepted: dict[str, Any]) -> str:
        headers = {"Parley-Author-Token": accepted["author_token"]}
        with self.browser.open(Request(accepted["status_url"], headers=headers)) as answer:
            return str(json.load(answer)["status"])

    def decided(self, accepted: dict[str, Any]) -> str:
        wait_until(lambda: self.status(accepted) != "pending")
        return self.status(accepted)

    def shown(self) -> list[str]:
        with self.browser.open(f"{self.at}/v1/comments?site=demo&page={DEMO_PAGE}") as answer:
            return [comment["text"] for comment in json.load(answer)["comments"]]

    def open(self, url: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """The address and text of the page that the browser ends on; a form is sent by POST."""
        body = None if fields is None else urlencode(fields).encode()
        headers = {"Origin": self.at, "Accept": "text/html"}
        with self.browser.open(Request(url, body, headers)) as answer:
            return answer.url, answer.read().decode()


def fields_of(form: str) -> dict[str, str]:
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
