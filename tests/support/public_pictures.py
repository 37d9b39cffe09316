"""The pictures of what is seen without an account: the start, and the article with its comments."""

import json
import re
from pathlib import Path

from markupsafe import escape
from playwright.sync_api import Browser

from tests.support.camera import Camera
from tests.support.newsroom_texts import LETTERS
from tests.support.program import DEMO_PAGE, Program, running, wait_until

_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 22px 26px; background: #16181f; color: #e8e8e8 }}
pre {{ margin: 0; font: 15px/22.5px "DejaVu Sans Mono", monospace }}
i {{ font-style: normal; color: #8a8f98 }} b {{ font-weight: normal; color: #7fd1b0 }}
</style><pre><i>$</i> make run
{output}<i>$</i></pre>"""


def take_start(browser: Browser, folder: Path) -> None:
    """What `parley up` prints at its first start, until it is stopped."""
    log = folder / "said.log"
    with running(folder) as program:
        url = program.url
        wait_until(lambda: "Sign in as admin" in log.read_text())
    output = log.read_text().replace(url, "http://127.0.0.1:8000")
    assert output.strip().endswith("Stopping."), output
    page = browser.new_page(viewport={"width": 760, "height": 290})
    page.set_content(_TERMINAL.format(output=_coloured(output)))
    Camera(program, page).take("start")


def _coloured(output: str) -> str:
    """As HTML, without a blank line too many and with the secret of the link cut short."""
    lines = re.sub(r"\n{2,}(?=Stopping)", "\n\n^C\n", output)
    shown = re.sub(r"(/link/\w{4})\S+", r"\1…", lines)
    return re.sub(r"(http\S+)", r"<b>\1</b>", str(escape(shown)))


def publish(camera: Camera) -> None:
    """Two readers write under the article page, and it shows them."""
    for name, text in LETTERS:
        body = {"site": "demo", "page": DEMO_PAGE, "name": name, "text": text}
        answer = camera.page.request.post(
            camera.program.url + "/v1/comments", data=body, headers={"Origin": camera.program.url}
        )
        assert answer.ok, answer.text()
    wait_until(lambda: len(_published(camera.program)) == len(LETTERS))


def answer(camera: Camera) -> None:
    """A moderator answers the last of them for the site."""
    camera.go(f"/moderate/comments/{_published(camera.program)[-1]}/answer")
    camera.page.get_by_label("Comment Text").fill("There is one now, below the third paragraph.")
    camera.take("answer")
    camera.press("Publish")
    camera.page.wait_for_load_state()


def take_article(program: Program, browser: Browser) -> None:
    """As a reader sees it who is about to comment."""
    context = browser.new_context(viewport={"width": 1280, "height": 1080}, locale="en-GB")
    camera = Camera(program, context.new_page())
    camera.page.goto(program.article)
    camera.page.get_by_label("Name").fill("Ada")
    camera.page.get_by_label("Comment Text").fill("Thank you for explaining this so clearly.")
    heading = camera.page.get_by_role("heading", name="3 Comments")
    heading.evaluate("heading => heading.scrollIntoView({behavior: 'instant'})")
    camera.take("article")


def _published(program: Program) -> list[str]:
    """The ids of the article's comments, the oldest first."""
    answer = program.get(f"/v1/comments?site=demo&page={DEMO_PAGE}", Origin=program.url)
    return [comment["id"] for comment in json.loads(answer.text)["comments"]]
