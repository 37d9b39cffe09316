import json

from click.testing import CliRunner

from cli.commands.score import score

WIDE = {"COLUMNS": "200"}


def test_words_are_followed_by_what_they_add() -> None:
    result = CliRunner(env=WIDE).invoke(score, ["--explain", "Dear Bob, you idiot.\x1b[2J"])

    assert result.exit_code == 0, result.output
    assert "you idiot[+" in result.output
    assert "  intercept\n" in result.output
    assert "log-odds of toxicity, all summed" in result.output
    assert "\x1b[2J" not in result.output


def test_without_being_asked_nothing_is_explained() -> None:
    result = CliRunner(env=WIDE).invoke(score, ["Dear Bob, you idiot."])

    assert "log-odds" not in result.output


def test_json_lines_have_spans_of_the_text() -> None:
    text = "Dear \U0001f642 Bob, you i d i o t."

    result = CliRunner().invoke(score, ["--jsonl", "--explain"], input=json.dumps({"text": text}))

    spans = json.loads(result.output)["spans"]
    start, end, _ = max(spans, key=lambda span: span[2])
    assert text[start:end] == "i d i o t"
    assert all(0 <= first < last <= len(text) for first, last, _ in spans)
