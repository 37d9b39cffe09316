"""The examples of docs/examples.md, run as they stand there, with a Parley and a site of the tests.

Only their addresses are other ones: that of Parley, and where a web server listens.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.html_outline import outline
from tests.support.migrated_file import write_migrated
from tests.support.program import Program, free_port, running, wait_until
from tests.support.registry_clients import from_npm, from_pypi

PAGE = Path(__file__).parents[1] / "docs/examples.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"[\w./-]+\.(?:conf|html|php|rb|mjs|py)")
ADDRESS = "https://comments.example.org"
TEXT = "Well argued, thank you for it."
AWAY = "http://127.0.0.1:9"
ARTICLE = "---\ntitle: On roads\n---\nOn roads.\n"


def named_blocks() -> dict[str, str]:
    """The examples by the name in their first line."""
    blocks = {}
    for _language, code in BLOCK.findall(PAGE.read_text()):
        if name := NAME.search(code.splitlines()[0]):
            blocks[name[0]] = code
    return blocks


EXAMPLES = named_blocks()


@pytest.fixture(scope="module")
def parley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Of its own, since the README's steps add the same site: with a comment of its article."""
    var = tmp_path_factory.mktemp("var")
    write_migrated(var / "parley.db")
    with running(var) as program:
        _add_comment(program)
        yield program


def _add_comment(program: Program) -> None:
    program.command("site", "add", "my-paper", "--origin", "https://my-paper.example")
    connection = HTTPConnection(program.url.removeprefix("http://"))
    body = f"site=my-paper&page=/article&name=Ada&text={TEXT.replace(' ', '+')}"
    headers = {
        "Origin": "https://my-paper.example",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/v1/comments", body, headers)
    assert connection.getresponse().status == 303
    connection.close()
    wait_until(lambda: TEXT in program.get("/v1/comments?site=my-paper&page=/article").text)


def example(name: str, parley: str) -> str:
    return EXAMPLES[name].replace(ADDRESS, parley)


def program_or_skip(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"no {name} here: its example was not run")
    return path


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": "/usr/sbin:/usr/bin:/bin:/usr/local/bin", "HOME": str(cwd), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def has_comments(html: str) -> bool:
    """Whether the HTML has the list and the form, and is whole."""
    (place,) = outline(html).all("div", id="parley")
    texts = [one.text for one in place.all("div", klass="parley-text")]
    assert len(place.all("form")) == len(texts)
    return texts == [TEXT]


def fetch(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/article.html", headers={"If-None-Match": 'W/"x"'})
    text = connection.getresponse().read().decode()
    connection.close()
    return text


@contextmanager
def nginx(folder: Path, parley: str) -> Iterator[int]:
    port, locations = free_port(), example("comments.conf", parley)
    (folder / "article.html").write_text(EXAMPLES["article.html"])
    user = "user root; " if os.geteuid() == 0 else ""  # or it may not read what the test wrote
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}"
        f" http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;"
        f" fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;"
        f" types {{ text/html html; }}"
        f" server {{ listen 127.0.0.1:{port}; root {folder};\n{locations} }} }}"
    )
    server = program_or_skip("nginx")
    command = [server, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    with subprocess.Popen(command) as process:
        try:
            wait_until(lambda: listens(port))
            yield port
        finally:
            process.terminate()


def listens(port: int) -> bool:
    try:
        fetch(port)
    except OSError:
        return False
    return True


def test_nginx_includes_them(parley: Program, tmp_path: Path) -> None:
    with nginx(tmp_path, parley.url) as port:
        html = fetch(port)

    assert has_comments(html)
    assert "away" not in html


@pytest.mark.parametrize("problem", ["away", "refused"])
def test_nginx_sends_the_page_without_them(parley: Program, tmp_path: Path, problem: str) -> None:
    address = AWAY if problem == "away" else f"{parley.url}/no-such-place"
    with nginx(tmp_path, address) as port:
        html = fetch(port)

    assert outline(html).one("div", id="parley").text.strip() == "The comments are away just now."


@pytest.mark.parametrize(("address", "is_there"), [("", True), (AWAY, False)])
def test_php_puts_them_into_the_page(
    parley: Program, tmp_path: Path, address: str, is_there: bool
) -> None:
    (tmp_path / "comments.php").write_text(example("comments.php", address or parley.url))
    code = (
        'require "comments.php"; echo "<div id=\\"parley\\">", comments_of("/article"), "</div>";'
    )

    html = run(program_or_skip("php"), "-r", code, cwd=tmp_path)

    assert has_comments(html) == is_there
    assert ("away just now" in html) != is_there


WORDPRESS = """<?php
const MINUTE_IN_SECONDS = 60;
$kept = [];
function get_permalink() { return "https://my-paper.example/article/"; }
function wp_make_link_relative($url) { return preg_replace("|^https?://[^/]+(/.*)|", "$1", $url); }
function get_transient($name) { global $kept; return $kept[$name] ?? false; }
function set_transient($name, $value, $seconds) { global $kept; $kept[$name] = $value; }
function get_bloginfo($what) { return "en-GB"; }
function wp_remote_get($url, $options) {
    global $asked; $asked += 1;
    $body = @file_get_contents($url);
    return ["body" => $body, "code" => $body === false ? 500 : 200];
}
function wp_remote_retrieve_response_code($answer) { return $answer["code"]; }
function wp_remote_retrieve_body($answer) { return $answer["body"]; }
$asked = 0;
include "wordpress-comments.php";
ob_start(); include "wordpress-comments.php"; ob_end_clean();
fwrite(STDERR, $asked);
exit($asked === 1 ? 0 : 1);
"""


@pytest.mark.parametrize(("address", "is_there"), [("", True), (AWAY, False)])
def test_the_template_for_wordpress_asks_once_a_minute(
    parley: Program, tmp_path: Path, address: str, is_there: bool
) -> None:
    theme = example("wordpress-comments.php", address or parley.url)
    (tmp_path / "wordpress-comments.php").write_text(theme)
    (tmp_path / "page.php").write_text(WORDPRESS)
    php = program_or_skip("php")

    run(php, "-l", "wordpress-comments.php", cwd=tmp_path)
    html = run(php, "page.php", cwd=tmp_path)

    assert has_comments(html) == is_there


@pytest.mark.parametrize(("address", "is_there"), [("", True), (AWAY, False)])
def test_hugo_builds_them_in(parley: Program, tmp_path: Path, address: str, is_there: bool) -> None:
    layouts = tmp_path / "layouts"
    (layouts / "partials").mkdir(parents=True)
    (layouts / "_default").mkdir()
    (tmp_path / "content").mkdir()
    (layouts / "partials/comments.html").write_text(
        example("layouts/partials/comments.html", address or parley.url)
    )
    (layouts / "_default/single.html").write_text(
        '<html>{{ .Content }}{{ partial "comments.html" . }}</html>'
    )
    (tmp_path / "content/article.md").write_text(ARTICLE)
    (tmp_path / "config.toml").write_text('baseURL = "https://my-paper.example/"\n')

    run(program_or_skip("hugo"), "--ignoreCache", "--quiet", cwd=tmp_path)

    html = (tmp_path / "public/article/index.html").read_text()
    assert "On roads." in html
    assert ('id="parley"' in html and has_comments(html)) == is_there


@pytest.mark.parametrize(("address", "is_there"), [("", True), (AWAY, False)])
def test_jekyll_builds_them_in(
    parley: Program, tmp_path: Path, address: str, is_there: bool
) -> None:
    for folder in ("_plugins", "_layouts"):
        (tmp_path / folder).mkdir()
    plugin = example("_plugins/comments.rb", address or parley.url)
    (tmp_path / "_plugins/comments.rb").write_text(plugin)
    layout = "<html>{{ content }}{% comments %}</html>"
    (tmp_path / "_layouts/article.html").write_text(layout)
    front = "---\nlayout: article\npermalink: /article/\n---\nOn roads.\n"
    (tmp_path / "article.md").write_text(front)

    run(program_or_skip("jekyll"), "build", "--quiet", cwd=tmp_path, LC_ALL="C.UTF-8")

    html = (tmp_path / "_site/article/index.html").read_text()
    assert "On roads." in html
    assert ('id="parley"' in html and has_comments(html)) == is_there


@pytest.mark.slow
def test_eleventy_builds_them_in(
    parley: Program, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    assert request.config.cache is not None
    installed = from_npm(request.config.cache.mkdir("clients"), "@11ty/eleventy")
    config = example("eleventy.config.mjs", parley.url)
    (tmp_path / "eleventy.config.mjs").write_text(config)
    article = "---\npermalink: /article/\n---\nOn roads. {% comments page.url %}\n"
    (tmp_path / "article.liquid").write_text(article)
    command = str(installed / "node_modules/@11ty/eleventy/cmd.cjs")

    run(program_or_skip("node"), command, "--quiet", cwd=tmp_path)

    html = (tmp_path / "_site/article/index.html").read_text()
    assert "On roads." in html
    assert has_comments(html)


@pytest.mark.parametrize(("address", "is_there"), [("", True), (AWAY, False)])
def test_flask_renders_them(parley: Program, tmp_path: Path, address: str, is_there: bool) -> None:
    (tmp_path / "flask_comments.py").write_text(example("flask_comments.py", address or parley.url))
    code = (
        "from flask import render_template_string as render; from flask_comments import app;"
        " app.app_context().push();"
        """ print(render('<div id="parley">{{ comments_of("/article") }}</div>'))"""
    )

    html = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(tmp_path))

    assert has_comments(html) == is_there


@pytest.mark.slow
@pytest.mark.parametrize(("address", "is_there"), [("", True), (AWAY, False)])
def test_django_renders_them(
    parley: Program,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    address: str,
    is_there: bool,
) -> None:
    assert request.config.cache is not None
    installed = from_pypi(request.config.cache.mkdir("clients"), "django")["PYTHONPATH"]
    (tmp_path / "paper/templatetags").mkdir(parents=True)
    (tmp_path / "paper/__init__.py").write_text("")
    tag = example("parley.py", address or parley.url)
    (tmp_path / "paper/templatetags/parley.py").write_text(tag)
    (tmp_path / "settings.py").write_text(example("settings.py", parley.url))
    code = """
import django
from django.conf import settings
engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
from settings import SECURE_REFERRER_POLICY as policy
settings.configure(
    INSTALLED_APPS=["paper"], TEMPLATES=[engine], SECURE_REFERRER_POLICY=policy
)
django.setup()
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
answer = SecurityMiddleware(lambda _request: HttpResponse())(HttpRequest())
assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
from django.template import engines
page = '{% load parley %}<div id="parley">{% comments_of "/article" %}</div>'
print(engines["django"].from_string(page).render({}))
"""

    path = f"{tmp_path}:{installed}"
    html = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=path)

    assert has_comments(html) == is_there


@pytest.mark.parametrize(("address", "is_there"), [("", True), (AWAY, False)])
def test_the_functions_for_next_run_under_node(
    parley: Program, tmp_path: Path, address: str, is_there: bool
) -> None:
    react = tmp_path / "node_modules/react"
    react.mkdir(parents=True)
    stand_in = "exports.createElement = (tag, properties) => ({ tag, ...properties });"
    (react / "index.js").write_text(stand_in)
    (tmp_path / "comments.mjs").write_text(example("comments.mjs", address or parley.url))
    code = (
        'import("./comments.mjs").then((comments) => comments.default({ page: "/article" }))'
        ".then((element) => console.log(`<${element.tag} id=${element.id}>`"
        " + element.dangerouslySetInnerHTML.__html + `</${element.tag}>`))"
    )

    html = run(program_or_skip("node"), "-e", code, cwd=tmp_path)

    assert has_comments(html) == is_there


def test_every_example_is_run() -> None:
    source = Path(__file__).read_text()

    assert len(EXAMPLES) == 11
    assert [name for name in EXAMPLES if f'"{name}"' not in source] == []
