import math
from pathlib import Path

import pytest

from models.datasets.labelled_file import BadLabels, read_labelled

COLUMNS = ("toxicity", "spam")


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'text,spam,other\n"Hello, you",0,x\nBuy,1.0,\nWell,,\n'),
        ("a.csv", '\ufefftext,spam\r\n"Hello, you",0\r\nBuy, 1\r\nWell,\r\n'),
        (
            "a.jsonl",
            '{"text": "Hello, you", "spam": 0}\n\n'
            '{"text": "Buy", "spam": true}\n{"text": "Well"}\n',
        ),
    ],
)
def test_a_file_with_some_of_the_labels_is_read(tmp_path: Path, name: str, content: str) -> None:
    labelled = read_labelled(write(tmp_path, name, content), COLUMNS)

    assert labelled.texts == ["Hello, you", "Buy", "Well"]
    assert list(labelled.labels) == ["spam"]
    assert labelled.labels["spam"][:2] == [0.0, 1.0]
    assert math.isnan(labelled.labels["spam"][2])


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.csv", "", "has no rows"),
        ("a.csv", "text,spam\n", "has no rows"),
        ("a.csv", "text\nx\n", "needs a column 'text' and at least one of toxicity, spam"),
        ("a.csv", "comment,spam\nx,1\n", "needs a column 'text'"),
        ("a.csv", "text,spam\nx,1\ny,2\n", "line 3, column 'spam': '2' is no label"),
        ("a.csv", 'text,spam\n"x\ny",1\n,1\n', "line 4, column 'text': there is no text"),
        ("a.csv", "text,spam\nx,\n", "has no label in any row"),
        ("a.csv", "text,spam\nx,1,2\n", "line 2: more values than columns"),
        ("a.csv", 'text,spam\n"x,1\n', "cannot be read as CSV"),
        ("a.jsonl", '{"text": "x", "spam": 1}\nno\n', "line 2: is not JSON"),
        ("a.jsonl", "[1]\n", "line 1: is no object"),
        ("a.jsonl", '{"text": "x", "spam": [1]}\n', "line 1, column 'spam': [1] is no label"),
        ("a.jsonl", '{"text": 3, "spam": 1}\n', "line 1, column 'text': there is no text"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    tmp_path: Path, name: str, content: str, refusal: str
) -> None:
    path = write(tmp_path, name, content)

    with pytest.raises(BadLabels) as caught:
        read_labelled(path, COLUMNS)

    assert f"{path}" in str(caught.value)
    assert refusal in str(caught.value)


def test_other_bytes_than_utf_8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"text,spam\nd\xe9j\xe0,1\n")

    with pytest.raises(BadLabels, match="in UTF-8"):
        read_labelled(path, COLUMNS)
