"""Programs that were written for Akismet, unchanged: they ask the real server by its address."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

PROGRAM = """
import { AkismetClient } from "akismet-api";
import { Author, Blog, Client, Comment } from "@cedx/akismet";
const { KEY: key, PORT: port } = process.env, blog = "https://paper.example";
const old = new AkismetClient({ key, blog, host: `localhost:${port}`, protocol: "http" });
const sent = (name) => ({ ip: "192.0.2.1", useragent: "x", content: "Thank you.", name });
const baseUrl = `http://localhost:${port}/akismet/`;
const current = new Client(key, new Blog({ url: blog }), { baseUrl });
const comment = (name) => new Comment({
  author: new Author({ ipAddress: "192.0.2.1", userAgent: "x", name }), content: "Thank you." });
console.log(JSON.stringify([
  await old.verifyKey(), await old.checkSpam(sent("Ada")),
  await old.checkSpam(sent("viagra-test-123")), (await old.submitHam(sent("Ada"))).status,
  await current.verifyKey(), await current.checkComment(comment("Ada")),
  await current.checkComment(comment("viagra-test-123")),
]));
"""
# In place of a DNS entry for *.localhost, since one program puts the key before the host's name.
NAMES = """
const dns = require("dns"), lookup = dns.lookup;
dns.lookup = (host, options, done) => lookup(
  host.endsWith(".localhost") ? "127.0.0.1" : host, options, done);
"""


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """The application at a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the programs, from the registry."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("there is no Node here")
    (tmp_path / "package.json").write_text("{}")
    command = ["npm", "install", "--no-audit", "--no-fund", "akismet-api", "@cedx/akismet"]
    if subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=100).returncode:
        pytest.skip("npm's registry is away")
    (tmp_path / "ask.mjs").write_text(PROGRAM)
    (tmp_path / "names.cjs").write_text(NAMES)
    return tmp_path


@pytest.mark.slow
def test_programs_of_node_hear_what_they_know(folder: Path, port: int, key: str) -> None:
    environ = {**os.environ, "KEY": key, "PORT": str(port)}
    command = ["node", "--require", "./names.cjs", "ask.mjs"]

    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, timeout=60)

    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == [True, False, True, 200, True, 0, 1]
