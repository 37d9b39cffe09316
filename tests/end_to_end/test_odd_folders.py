"""Parley works in a folder of any name, and keeps what is in it to itself."""

import json
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.support.program import Program, running, wait_until


def submit(program: Program) -> str:
    fields = {"site": "demo", "page": "/odd", "name": "Ada", "text": "Well argued, thank you."}
    headers = {"Content-Type": "application/json", "Origin": program.url}
    request = Request(f"{program.url}/v1/comments", json.dumps(fields).encode(), headers)
    with urlopen(request, timeout=60) as answer:
        return str(json.loads(answer.read())["status_url"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["My Papers #1? 100%25 sure, ünï 'quoted' \"twice\""])
def test_comment_is_decided_in_a_folder_of_an_odd_name(tmp_path: Path, name: str) -> None:
    tmp_path.chmod(0o755)
    var = tmp_path / name
    var.mkdir(mode=0o755)
    with running(var) as program:
        submit(program)
        wait_until(lambda: 'parley_comments{status="pending"} 0' in program.get("/metrics").text)
        open_to_others = [
            file.name for file in var.rglob("*") if file.is_file() and file.stat().st_mode & 0o077
        ]

        assert (var / "parley.db").is_file()
        assert sorted(tmp_path.iterdir()) == [var]
        assert set(open_to_others) <= {"said.log"}  # which the test itself makes
