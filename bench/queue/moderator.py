"""A moderator without a browser: signed in, timed."""

import re
import time
from dataclasses import dataclass
from http import HTTPStatus

import requests

from bench.problem import NotMeasured

_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Took:
    """An answer, and the milliseconds until it was there."""

    milliseconds: float
    status: int
    text: str


class Moderator:
    """Signed in by a link that works once."""

    def __init__(self, link: str) -> None:
        self._home = link.partition("/moderate/")[0]
        self._session = requests.Session()
        self._session.post(link, headers={"Origin": self._home}, timeout=_SECONDS)
        match = _TOKEN.search(self.get("/moderate").text)
        if match is None:
            sentence = f"{link} did not sign in"
            raise NotMeasured(sentence)
        self._token = match[1]

    def get(self, path: str) -> Took:
        """A page; raises NotMeasured where there is none."""
        took = self._ask("GET", path, {})
        if took.status != HTTPStatus.OK:
            sentence = f"{path} answered {took.status}"
            raise NotMeasured(sentence)
        return took

    def post(self, path: str, **fields: str) -> Took:
        """A form's request, as its script sends it."""
        return self._ask("POST", path, {**fields, "form_token": self._token})

    def _ask(self, method: str, path: str, fields: dict[str, str]) -> Took:
        headers = {"Accept": "application/json", "Origin": self._home} if fields else {}
        began = time.perf_counter()
        answer = self._session.request(
            method, self._home + path, data=fields, headers=headers, timeout=_SECONDS
        )
        took = (time.perf_counter() - began) * 1000
        return Took(took, answer.status_code, answer.text)
