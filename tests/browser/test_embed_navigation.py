"""The script on sites that change their pages without loading them, or mount it themselves."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program, running, wait_until
from tests.support.websites import website

ROUTER = """
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-route]");
  if (!link) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  document.title = location.pathname;
  render();
});
addEventListener("popstate", render);
render();
"""
NAVIGATION = '<a data-route href="/a">Go to a</a> <a data-route href="/b">Go to b</a><main></main>'
REPLACES = 'function render() { main.innerHTML = `<div id="parley"></div>`; }'
KEEPS = """function render() {
  if (!main.firstChild) main.innerHTML = `<div id="parley"></div>`;
}"""
# What Turbo does: a page that is left is kept as a copy, and Back shows the copy.
CACHE = """
const copies = {};
function go(path, html) {
  copies[location.pathname] = document.body.cloneNode(true);
  history.pushState({}, "", path);
  document.documentElement.replaceChild(newBody(html), document.body);
}
function newBody(html) {
  const body = document.createElement("body");
  body.innerHTML = html;
  return body;
}
addEventListener("popstate", () => {
  document.documentElement.replaceChild(copies[location.pathname], document.body);
});
"""
Visit = Callable[..., Page]
HAS_COUNT = re.compile(r"\d+ Comments?")


@dataclass
class Paper:
    """A website whose page is what a test wants it to be."""

    origin: str
    html: str = ""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("var")) as program:
        yield program


@pytest.fixture(scope="module")
def paper(program: Program) -> Iterator[Paper]:
    paper = Paper("")
    with website(lambda: paper.html) as paper.origin:
        program.command("site", "add", "paper", "--origin", paper.origin)
        yield paper


@pytest.fixture
def visit(paper: Paper, open_page: OpenPage) -> Visit:
    """Opens a page of the website: its body, what is in its head, and its path."""

    def visit(body: str, head: str = "", path: str = "/a") -> Page:
        paper.html = f"<!doctype html><html lang=en><title>Paper</title>{head}<body>{body}"
        return open_page(paper.origin + path)

    return visit


def tag(program: Program, attributes: str = 'data-site="paper" async') -> str:
    return f'<script src="{program.url}/embed.js" {attributes}></script>'


def routed(render: str) -> str:
    return (
        f'{NAVIGATION}<script>const main = document.querySelector("main");{render}{ROUTER}</script>'
    )


def write(page: Page, text: str, within: str = "#parley") -> None:
    place = page.locator(within)
    place.get_by_label("Name", exact=True).fill("Ada")
    place.get_by_label("Comment Text", exact=True).fill(text)
    place.get_by_role("button", name="Post comment").click()


def published(program: Program, path: str) -> str:
    return program.get(f"/v1/comments?site=paper&page={path}").text


@pytest.mark.parametrize("render", [REPLACES, KEEPS])
@pytest.mark.parametrize("in_head", [True, False])
def test_each_route_has_its_own_comments_also_on_the_way_back(
    program: Program, visit: Visit, render: str, in_head: bool
) -> None:
    script = tag(program)
    page = visit(routed(render) + ("" if in_head else script), script if in_head else "")
    text = f"Under the second route: {in_head} {len(render)}."

    page.get_by_text("Go to b").click()
    expect(page.locator("#parley h2")).to_be_visible()
    write(page, text)
    expect(page.get_by_role("status")).to_have_text("Your comment is published.")
    page.go_back()
    expect(page.locator("#parley h2")).to_have_text("0 Comments")
    expect(page.locator("#parley form")).to_have_count(1)
    page.go_forward()

    expect(page.locator(".parley-comment", has_text=text)).to_be_visible()
    assert text not in published(program, "/a")


def test_nothing_grows_with_the_routes(program: Program, visit: Visit) -> None:
    page = visit(routed(REPLACES), tag(program))
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))

    for path in "babababab":
        page.get_by_text(f"Go to {path}").click()
        expect(page.locator("#parley h2")).to_have_text("0 Comments" if path == "a" else HAS_COUNT)

    assert page.evaluate("document.adoptedStyleSheets.length") == 1
    assert len([one for one in asked if "/v1/threads" in one.url]) <= 9
    assert page.locator("style, link").count() == 0


def test_a_late_answer_of_the_route_before_is_not_shown(program: Program, visit: Visit) -> None:
    held: list[Route] = []
    page = visit("<p>Wait")
    page.route("**/v1/threads?*page=%2Flate*", lambda route: held.append(route))
    page.evaluate("history.replaceState({}, '', '/late')")
    page.set_content(f"{routed(REPLACES)}{tag(program)}")
    while not held:
        page.wait_for_timeout(20)

    page.get_by_text("Go to a").click()
    expect(page.locator("#parley h2")).to_have_text("0 Comments")
    held[0].continue_()
    page.wait_for_load_state("networkidle")

    expect(page.locator("#parley form")).to_have_count(1)


@pytest.mark.parametrize("runs_again", [True, False])
def test_a_copy_of_the_page_from_a_cache_works(
    program: Program, visit: Visit, runs_again: bool
) -> None:
    text = f"Written after going back: {runs_again}."
    page = visit(f'<div id="parley"></div>{tag(program)}', f"<script>{CACHE}</script>", "/copied")
    page.locator("#parley h2").evaluate("(heading) => { heading.dataset.copied = ''; }")
    page.evaluate("go('/elsewhere', '<h1>Elsewhere</h1>')")
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    if runs_again:  # as Turbo does with the scripts of the body
        page.evaluate(
            """() => {
              const old = document.querySelector("script[data-site]");
              const script = document.createElement("script");
              for (const { name, value } of old.attributes) script.setAttribute(name, value);
              old.replaceWith(script);
            }"""
        )

    expect(page.locator("#parley h2:not([data-copied])")).to_be_visible()
    write(page, text)

    expect(page.locator("#parley").get_by_role("status")).to_have_text("Your comment is published.")
    assert urlsplit(page.url).path == "/copied"
    assert text in published(program, "/copied")


def test_a_copy_without_the_script_sends_to_parley_and_not_to_the_website(
    program: Program, visit: Visit
) -> None:
    page = visit(f'<div id="parley"></div>{tag(program)}', path="/dead")
    expect(page.locator("#parley h2")).to_be_visible()
    dead = page.locator("#parley").evaluate("element => element.outerHTML")
    asked: list[Request] = []

    page = visit(dead, path="/dead")
    page.on("request", lambda request: asked.append(request))
    write(page, "Sent by a form without its script.")

    page.wait_for_url("**/own/*/*")
    (sent,) = [one for one in asked if one.method == "POST"]
    assert sent.url.startswith(program.url)
    assert "text=" not in "".join(one.url for one in asked)
    wait_until(lambda: "without its script" in published(program, "/dead"))


def test_a_page_mounts_and_unmounts_by_itself(program: Program, visit: Visit) -> None:
    page = visit("<section></section>", tag(program, "async"))
    page.wait_for_function("window.Parley")
    options = f"{{ site: 'paper', page: '/mounted', server: '{program.url}' }}"
    page.evaluate(f"Parley.mount(document.querySelector('section'), {options})")
    write(page, "Into an element of its own.", "section")
    expect(page.locator("section h2")).to_have_text("1 Comment")

    page.evaluate("Parley.unmount(document.querySelector('section'))")
    expect(page.locator("section")).to_be_empty()
    page.evaluate("history.pushState({}, '', '/other')")
    page.evaluate(f"Parley.mount(document.querySelector('section'), {options})")

    expect(page.locator("section h2")).to_have_text("1 Comment")
    assert page.evaluate("document.adoptedStyleSheets.length") == 1


def test_what_a_page_unmounts_stays_away(program: Program, visit: Visit) -> None:
    page = visit('<div id="parley"></div>', tag(program))
    expect(page.locator("#parley h2")).to_be_visible()

    page.evaluate("Parley.unmount(document.getElementById('parley'))")
    page.evaluate("history.pushState({}, '', '/next'); document.body.append('changed')")
    page.wait_for_load_state("networkidle")

    expect(page.locator("#parley")).to_be_empty()


TWO = """<article><h2>One</h2><div id="parley" data-page="/one"></div>{first}</article>
<article><h2>Two</h2><div id="parley"></div>{second}</article>"""


def test_two_elements_with_a_script_each_have_their_own_comments(
    program: Program, visit: Visit
) -> None:
    first = tag(program, 'data-site="paper" data-page="/one" async')
    second = tag(program, 'data-site="paper" data-page="/two" async')
    page = visit(TWO.format(first=first, second=second))
    expect(page.locator(".parley-form")).to_have_count(2)
    ids = page.evaluate("[...document.querySelectorAll('.parley [id]')].map((one) => one.id)")

    write(page, "Only under the second.", "article:nth-of-type(2)")

    wait_until(lambda: "Only under" in published(program, "/two"))
    assert "Only under" not in published(program, "/one")
    assert len(ids) == len(set(ids)) == 8


def test_one_script_serves_all_elements(program: Program, visit: Visit) -> None:
    body = '<div data-parley data-page="/x"></div><div data-parley data-page="/y"></div>'
    page = visit(body, tag(program))

    expect(page.locator("[data-parley] > form")).to_have_count(2)


def test_a_form_that_the_page_calls_parley_is_in_nobodys_way(
    program: Program, visit: Visit
) -> None:
    body = '<form id="Parley"><input name="mount"></form><div id="parley"></div>'
    page = visit(body, tag(program))

    expect(page.locator("#parley > form")).to_have_count(1)


SHADOW = """<my-comments></my-comments><script>
customElements.define("my-comments", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = '<div id="parley"></div>';
    const script = document.createElement("script");
    script.src = "SERVER/embed.js";
    script.dataset.site = "paper";
    root.append(script);
  }
});
</script>"""


def test_it_works_within_a_shadow_root(program: Program, visit: Visit) -> None:
    page = visit(SHADOW.replace("SERVER", program.url), path="/shadow")

    expect(page.locator("#parley h2")).to_have_text("0 Comments")
    write(page, "In the shadow.")

    expect(page.locator("#parley h2")).to_have_text("1 Comment")
    expect(page.locator(".parley-by")).to_have_css("display", "flex")  # its styles are there


@pytest.mark.parametrize("attributes", ["", "defer", "async", 'type="module" crossorigin'])
@pytest.mark.parametrize("in_head", [True, False])
def test_it_works_wherever_and_however_it_is_loaded(
    program: Program, visit: Visit, attributes: str, in_head: bool
) -> None:
    script = tag(program, f'data-site="paper" {attributes}')
    page = visit(
        f"{'' if in_head else script}<div id=parley></div>", script if in_head else "", "/loaded"
    )

    expect(page.locator("#parley h2")).to_have_text("0 Comments")


def hold(page: Page, address: str) -> list[Route]:
    """The requests that wait, each until it is fulfilled."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(address, keep)
    return held


@pytest.mark.parametrize("in_head", [True, False])
def test_comments_are_asked_for_at_once_and_shown_when_the_page_is_whole(
    program: Program, paper: Paper, open_page: OpenPage, in_head: bool
) -> None:
    script, late = tag(program), '<script src="/late.js"></script>'
    paper.html = f"<!doctype html>{script if in_head else ''}<div id=parley></div>{script}{late}"
    page = open_page("about:blank")
    held = hold(page, "**/late.js")

    with page.expect_request("**/v1/threads?*"):
        page.goto(f"{paper.origin}/asked", wait_until="commit")
    page.wait_for_function("performance.getEntriesByType('resource').length >= 2")
    untouched = page.locator("#parley").evaluate("(one) => one.outerHTML")
    held[0].fulfill(body="")

    expect(page.locator("#parley h2")).to_have_text("0 Comments")
    assert untouched == '<div id="parley"></div>'


def test_what_the_page_mounts_is_shown_at_once(
    program: Program, paper: Paper, open_page: OpenPage
) -> None:
    mounts = "<script>Parley.mount(document.querySelector('main'))</script>"
    script = tag(program, 'data-site="paper"')
    paper.html = f"<!doctype html>{script}<main></main>{mounts}<script src='/late.js'></script>"
    page = open_page("about:blank")
    held = hold(page, "**/late.js")

    page.goto(f"{paper.origin}/asked", wait_until="commit")

    expect(page.locator("main h2")).to_have_text("0 Comments")
    held[0].fulfill(body="")


OLD_SAFARI = """
window.CSSStyleSheet = class { constructor() { throw new TypeError("Illegal constructor"); } };
const Real = RegExp;
window.RegExp = new Proxy(Real, {
  construct(target, given) {
    if (/\\(\\?<[!=]/.test(String(given[0]))) throw new SyntaxError("invalid group specifier name");
    return new target(...given);
  },
});
delete window.ResizeObserver;
delete Element.prototype.replaceChildren;
delete window.navigation;
"""


def test_an_old_safari_has_comments_and_their_styles(program: Program, visit: Visit) -> None:
    script = tag(program)
    page = visit(f'<script>{OLD_SAFARI}</script><div id="parley"></div>{script}', path="/old")

    write(page, "From an old tablet: http://a.example/x")

    expect(page.locator(".parley-text a")).to_have_text("http://a.example/x")
    expect(page.locator(".parley-by")).to_have_css("display", "flex")
    expect(page.get_by_role("status")).not_to_have_text(re.compile("^$|Sending"))
    assert page.locator("style").count() == 1


@pytest.mark.parametrize(
    ("attributes", "body", "sentence"),
    [
        ("async", '<div id="parley"></div>', 'write data-site="my-paper" into the script tag'),
        (
            'data-site="nobody" async',
            '<div id="parley"></div>',
            'there is no site "nobody": data-site must be',
        ),
        ('data-site="paper" async', "<p>Nothing here", 'write <div id="parley"></div>'),
    ],
)
def test_a_mistake_is_named_in_the_console(
    program: Program, visit: Visit, attributes: str, body: str, sentence: str
) -> None:
    page = visit(body)
    with page.expect_console_message(lambda message: "Parley: " in message.text) as logged:
        page.set_content(f"{body}{tag(program, attributes)}")

    assert sentence in logged.value.text
    assert page.locator("#parley form").count() == (1 if "nobody" in attributes else 0)


def test_mounting_nothing_says_what_is_needed(program: Program, visit: Visit) -> None:
    page = visit('<div id="parley"></div>', tag(program))
    page.wait_for_function("window.Parley")

    sentence = page.evaluate(
        "(() => { try { Parley.mount(null) } catch (error) { return error.message } })()"
    )

    assert sentence == "Parley.mount needs the element for the comments, as its first argument"
