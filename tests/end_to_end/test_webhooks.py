"""From a reader's form to an operator's own server, by the real program."""

import json
from pathlib import Path
from urllib.request import Request, urlopen

from tests.support.program import running, wait_until
from tests.support.webhook_receiver import receiving


def test_a_comment_is_told_within_seconds(tmp_path: Path) -> None:
    body = {"site": "demo", "page": "/a", "name": "Lena", "text": "Well argued, thank you."}
    with (
        receiving() as receiver,
        running(tmp_path, PARLEY_WEBHOOK_PRIVATE="127.0.0.1") as program,
    ):
        program.command("webhook", "add", receiver.url, "--event", "comment.published")
        headers = {"Content-Type": "application/json", "Origin": program.url}
        content = json.dumps(body).encode()
        with urlopen(Request(f"{program.url}/v1/comments", content, headers), timeout=60) as answer:
            comment = json.load(answer)

        wait_until(lambda: receiver.received)

    event = json.loads(receiver.received[0].body)
    assert (event["type"], event["data"]["id"]) == ("comment.published", comment["id"])
    assert event["data"]["text"] == body["text"]
