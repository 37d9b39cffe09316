import math
from pathlib import Path

import pytest

from models.datasets.labelled_file import BadLabels
from models.datasets.old_service_file import read_old_service


def write(folder: Path, content: str, name: str = "old.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_decisions_are_read_as_services_write_them(tmp_path: Path) -> None:
    rows = "SYSTEM_WITHHELD\nspam\ntrue\n 1 \nAPPROVED\nham\nfalse\n0\n".splitlines()
    path = write(tmp_path, "text,decision\n" + "".join(f"hi,{row}\n" for row in rows))

    assert read_old_service(path, None).held == [True] * 4 + [False] * 4


def test_scores_hold_from_the_given_one_up_on_any_scale(tmp_path: Path) -> None:
    path = write(tmp_path, "text,score,label\na,79.9,0\nb,80,1\nc,,1\nd,95,\n")

    old = read_old_service(path, 80.0)

    assert (old.texts, old.held, old.opinions) == (
        ["a", "b", "d"],
        [False, True, True],
        [79.9, 80.0, 95.0],
    )
    assert (old.lines, old.left_out) == ([2, 3, 5], 1)
    assert old.labels[:2] == [0.0, 1.0]
    assert math.isnan(old.labels[2])


def test_json_lines_may_have_true_and_false(tmp_path: Path) -> None:
    content = '{"text": "a", "decision": true}\n{"text": "b", "decision": false}\n{"text": "c"}\n'

    old = read_old_service(write(tmp_path, content, "old.jsonl"), None)

    assert (old.held, old.left_out) == ([True, False], 1)


@pytest.mark.parametrize(
    ("content", "held_from", "refusal"),
    [
        ("text\nx\n", None, "needs a column 'text', and 'decision' or 'score'"),
        ("comment,decision\nx,1\n", None, "needs a column 'text', and 'decision' or 'score'"),
        ("text;decision\nx;1\n", None, "with commas between them; it has: text;decision"),
        ("text,score\nx,0.9\n", None, "say with --from from which score the old service held"),
        ("text,decision\nx,1\n", 0.8, "needs a column 'score' for --from"),
        ("text,decision\nx,maybe\n", None, "line 2, column 'decision': 'maybe' is no decision"),
        ("text,score\nx,high\n", 0.8, "line 2, column 'score': 'high' is no score"),
        ("text,score\nx,nan\n", 0.8, "line 2, column 'score': 'nan' is no score"),
        ('text,score\nx,"0,9"\n', 0.8, "'0,9' is no score; right is a number as 0.93"),
        ("text,decision\nx,1\ny,\n", None, "held every comment, so there is no share to match"),
        ("text,decision\nx,0\n", None, "held no comment, so there is no share to match"),
        ("text,decision\nx,\n", None, "has in no row what the old service said"),
        ("text,decision,label\nx,1,2\ny,0,1\n", None, "column 'label': '2' is no label"),
        ("text,decision\n,1\n", None, "line 2, column 'text': there is no text"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, content: str, held_from: float | None, refusal: str
) -> None:
    with pytest.raises(BadLabels) as caught:
        read_old_service(write(tmp_path, content), held_from)

    assert refusal in str(caught.value)
