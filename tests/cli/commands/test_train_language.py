"""`parley train --language`, and the way of its model into use."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import parley
from tests.support.dutch_comments import ORDINARY, RUDE, dutch_comments, write_dutch


@pytest.fixture
def runner(tmp_path: Path) -> CliRunner:
    environment = {"PARLEY_VAR": str(tmp_path / "var"), "PARLEY_MODEL": "", "COLUMNS": "250"}
    return CliRunner(env=environment)


def train(runner: CliRunner, data: Path, *options: str) -> Result:
    return runner.invoke(parley, ["train", "--language", "nl", "--data", str(data), *options])


def dutch_row(runner: CliRunner) -> dict[str, object] | None:
    """What `parley model list` says of a version of Dutch, if there is one."""
    result = runner.invoke(parley, ["model", "list", "--json"])
    rows = [row for row in json.loads(result.output) if row["language"] == "nl"]
    return rows[0] if rows else None


def scored(runner: CliRunner) -> list[dict[str, object]]:
    lines = "".join(json.dumps({"text": text}) + "\n" for text in (ORDINARY, RUDE))
    result = runner.invoke(parley, ["score", "--jsonl"], input=lines)
    return [json.loads(line) for line in result.output.splitlines()]


def test_a_language_that_parley_does_not_ship_comes_into_use_and_out_of_it(
    runner: CliRunner, tmp_path: Path
) -> None:
    trained = train(runner, write_dutch(tmp_path / "own.csv"))
    assert trained.exit_code == 0, trained.output
    (name,) = (path.name for path in (tmp_path / "var" / "models" / "languages").iterdir())
    assert "Dutch: 300 comments, 50% of them toxic." in trained.output
    assert f"`parley model use {name}` lets workers use it" in trained.output
    row = dutch_row(runner)
    assert row is not None
    assert (row["name"], row["grade"], row["in_use"]) == (name, "sorts", False)
    assert [row["scores"] for row in scored(runner)] == [{}, {}]

    assert runner.invoke(parley, ["model", "use", name]).exit_code == 0
    ordinary, rude = scored(runner)
    assert (rude["language"], rude["grade"]) == ("nl", "sorts")
    assert rude["scores"]["toxicity"] > 0.5 > ordinary["scores"]["toxicity"]  # type: ignore[index]
    assert name in runner.invoke(parley, ["model", "list"]).output

    runner.invoke(parley, ["model", "use", "shipped", "--language", "nl"])
    assert [row["scores"] for row in scored(runner)] == [{}, {}]


def test_out_takes_the_model_to_a_folder_of_its_own(runner: CliRunner, tmp_path: Path) -> None:
    data, out = write_dutch(tmp_path / "own.csv"), tmp_path / "out"

    first, second = (train(runner, data, "--out", str(out)) for _ in range(2))

    assert first.exit_code == 0, first.output
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".npz"]
    assert dutch_row(runner) is None
    assert second.exit_code == 1
    assert f"{out} is not empty: give --out a new folder" in second.output


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("text;label\nhallo;1\n", "line 1: needs a column 'text' and at least one of label"),
        ("text,label\nhallo,1\ndag,yes\n", "line 3, column 'label': 'yes' is no label"),
        ("text,label\nhallo,1\n,0\n", "line 3, column 'text': there is no text"),
        ("text,label\nhallo,1,1\n", "line 2: more values than columns"),
        ('text,label\n"hallo,1\n', "line 2: cannot be read as CSV"),
        ("text,label\nhallo,1\n", "1 rows with 1 (toxic) and 0 with 0: 100 of each"),
        ("text,label\nhallo,1\nl\xe9,0\n".encode("latin-1"), "line 3: is not in UTF-8"),
        ("text,label\nhallo,1\n".encode("utf-16"), "line 1: is not in UTF-8"),
        ("", "has no rows"),
    ],
)
def test_what_is_wrong_with_a_file_is_a_sentence_with_its_place(
    runner: CliRunner, tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    data = tmp_path / "own.csv"
    data.write_bytes(content if isinstance(content, bytes) else content.encode())

    result = train(runner, data)

    assert result.exit_code == 1
    assert sentence in result.output
    assert not list((tmp_path / "var").rglob("*.npz"))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("tlh", "there is no language 'tlh' here; known are af, am"),
        ("", "there is no language '' here"),
        ("en", "English is trained without --language"),
        ("de", "of the comments are told as de, so a model made of them"),
    ],
)
def test_a_language_that_cannot_be_trained_is_a_sentence(
    runner: CliRunner, tmp_path: Path, language: str, sentence: str
) -> None:
    data = write_dutch(tmp_path / "own.csv")

    result = runner.invoke(parley, ["train", "--language", language, "--data", str(data)])

    assert result.exit_code == 1
    assert sentence in result.output


def test_a_folder_is_no_file_of_a_language(runner: CliRunner, tmp_path: Path) -> None:
    assert "--language takes one file" in train(runner, tmp_path).output


@pytest.mark.parametrize("name", ["nl-0123456789ab", "shipped-not"])
def test_an_unknown_version_of_a_language_is_refused_with_those_there_are(
    runner: CliRunner, name: str
) -> None:
    result = runner.invoke(parley, ["model", "use", name, "--language", "NL"])

    assert result.exit_code == 1
    assert f"there is no version '{name}' of Dutch; there are shipped" in result.output


def test_json_lines_are_read_too(runner: CliRunner, tmp_path: Path) -> None:
    rows = [{"text": text, "toxicity": label} for text, label in dutch_comments(110)]
    data = tmp_path / "own.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))

    assert train(runner, data).exit_code == 0
