import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.commands.score import score
from cli.main import parley


def lines(*texts: str) -> str:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts)


def test_texts_are_scored_in_a_table() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(
        score, ["Nice [bold]article[/bold].", "\x1b[2J"]
    )

    assert result.exit_code == 0, result.output
    assert "profanity" in result.output
    assert "Nice [bold]article[/bold]." in result.output
    assert "\x1b[2J" not in result.output


def test_json_lines_are_scored_in_order() -> None:
    texts = ["You stupid fucking idiot.", "A careful article, thank you."] * 300

    result = CliRunner().invoke(score, ["--jsonl"], input=lines(*texts))

    scores = [json.loads(line)["scores"]["toxicity"] for line in result.output.splitlines()]
    assert [value > 0.5 for value in scores] == [True, False] * 300
    assert all(value == round(value, 4) for value in scores)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("nonsense", "line 2 is not JSON"),
        ("[" * 100_000, "line 2 is not JSON"),
        ("", "line 2 is not JSON"),
        ('{"comment": "x"}', "line 2 has no text"),
        ('["x"]', "line 2 has no text"),
        ('{"text": 3}', "line 2 has no text"),
    ],
)
def test_a_bad_line_is_named_with_what_is_right(bad: str, sentence: str) -> None:
    result = CliRunner().invoke(score, ["--jsonl"], input=lines("fine") + bad + "\n")

    assert result.exit_code == 1
    assert (
        f'{sentence}; right is a JSON object such as {{"text": "Nice article."}}' in result.output
    )


@pytest.mark.parametrize("arguments", [[], ["--jsonl", "a text"]])
def test_wrong_use_is_exit_code_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(score, arguments)

    assert result.exit_code == 2
    assert "give either texts to score, or --jsonl" in result.output


def test_a_refused_artefact_is_a_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(score, ["hello", "--model", str(tmp_path)])

    assert result.exit_code == 1
    assert "manifest.json is missing: there is no trained model here" in result.output


def test_scoring_does_not_import_scikit_learn() -> None:
    script = (
        "import sys, cli.commands.score; print('sklearn' in sys.modules, 'scipy' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)

    assert run.stdout == "False False\n"


def test_help_shows_an_example() -> None:
    assert 'parley score "What a thoughtful article."' in CliRunner().invoke(score, "--help").output


def test_names_are_scored_as_names_and_it_is_said_for_what_they_wait() -> None:
    names = ["Dick Cockburn", "You fucking idiots", "pills.example"]

    result = CliRunner().invoke(score, ["--name", "--jsonl"], input=lines(*names))

    reasons = [json.loads(line)["reasons"] for line in result.output.splitlines()]
    assert reasons == [[], ["toxicity", "profanity", "insult"], ["contact"]]


def test_the_table_of_names_says_for_what_they_wait() -> None:
    result = CliRunner(env={"COLUMNS": "250"}).invoke(
        score, ["--name", "--explain", "Ada", "You idiot"]
    )

    assert result.exit_code == 0, result.output
    assert "Ada: approved\n" in result.output
    assert "You idiot: author's name: " in result.output
    assert "; waits from " in result.output


def test_a_bad_line_keeps_its_place_and_the_others_are_scored() -> None:
    read = lines("fine") + "nonsense\n" + '{"text": 3}\n' + lines("also fine")

    result = CliRunner().invoke(score, ["--jsonl", "--decide"], input=read)

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert ["error" if "error" in row else row["decision"] for row in answers] == [
        "approved",
        "error",
        "error",
        "approved",
    ]
    assert "2 lines of 4 got no scores" in result.stderr


def test_lines_are_decided_by_the_default_policy_with_reasons() -> None:
    texts = ["A careful article, thank you.", "You stupid fucking idiot."]

    result = CliRunner().invoke(score, ["--jsonl", "--decide"], input=lines(*texts))

    civil, rude = (json.loads(line) for line in result.output.splitlines())
    assert (civil["decision"], civil["reasons"]) == ("approved", [])
    assert (rude["decision"], rude["reasons"][0]) == ("flagged", "toxicity")


@pytest.fixture
def strict_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A site that rejects what is toxic, and holds a word of its own."""
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))
    migrated = CliRunner().invoke(parley, ["migrate"])
    arguments = ["site", "add", "strict", "--origin", "https://a.example", "--reject", "0.5"]
    added = CliRunner().invoke(parley, arguments)
    words = CliRunner().invoke(parley, ["site", "suspects", "strict", "--add", "umbrella*"])
    assert [result.exit_code for result in (migrated, added, words)] == [0, 0, 0]
    return "strict"


def test_a_site_decides_by_its_own_policy_and_words(strict_site: str) -> None:
    texts = ["A careful article.", "You stupid fucking idiot.", "Two Umbrellas, please."]

    result = CliRunner().invoke(score, ["--jsonl", "--site", strict_site], input=lines(*texts))

    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [row["decision"] for row in answers] == ["approved", "rejected", "flagged"]
    assert answers[2]["reasons"] == ["suspect_word"]


def test_a_site_that_is_not_there_is_a_sentence(strict_site: str) -> None:
    result = CliRunner().invoke(score, ["--site", f"{strict_site}er", "hello"])

    assert result.exit_code == 1
    assert "there is no site stricter: `parley site list` shows all" in result.output


GERMAN, POLISH = "Du verdammter Hurensohn, verpiss dich", "To jest bardzo dobry artykuł."
MIXED = "I agree with all of that. Ты дурак, и статья твоя глупая."


def test_lines_in_another_language_have_its_own_score_or_none() -> None:
    result = CliRunner().invoke(
        score, ["--jsonl", "--explain", "--decide"], input=lines(GERMAN, POLISH, MIXED, "Thanks!")
    )

    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [(row["language"], row["grade"], len(row["scores"])) for row in rows] == [
        ("de", "sorts", 1),
        ("pl", "unknown", 0),
        (None, "unknown", 0),
        ("en", "decides", 7),
    ]
    assert rows[0]["scores"]["toxicity"] > 0.5
    assert GERMAN[slice(*max(rows[0]["spans"], key=lambda span: span[2])[:2])] == "Hurensohn"
    assert [row["spans"] for row in rows[1:3]] == [[], []]


def test_the_table_names_the_language_and_its_grade_and_shows_no_english_scores() -> None:
    result = CliRunner(env={"COLUMNS": "250"}).invoke(
        score, [GERMAN, POLISH, "Thank you.", "--explain"]
    )

    german, polish, english = (
        next(line for line in result.output.splitlines() if text in line and "," in line)
        for text in (GERMAN, POLISH, "English, decides")
    )
    assert "German, sorts" in german
    assert german.count("0.") == 1
    assert "Polish, unknown" in polish
    assert "0." not in polish
    assert english.count("0.") == 7
    assert f"{POLISH}: no words are shown, since it has no score" in result.output
    assert "Hurensohn[+" in result.output


def test_a_name_is_in_no_language() -> None:
    result = CliRunner().invoke(score, ["--name", "--jsonl"], input=lines("Jürgen Müßiggang"))

    assert set(json.loads(result.output)) == {"scores", "reasons"}
