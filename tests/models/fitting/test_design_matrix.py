from pathlib import Path

from models.datasets.corpus import read_corpus
from models.fitting.design_matrix import tabulate
from tests.support.labelled_samples import write, write_corpus


def test_the_parts_of_a_comment_are_of_one_group(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    text = "You stupid man. The bridge opens on Tuesday morning."
    write(tmp_path / "toxic_spans.csv.gz", [{"text": text, "spans": "[4, 5, 6, 7, 8, 9]"}])
    examples = read_corpus(tmp_path)

    groups = tabulate(examples, seed=1).groups

    parts = [row for row, example in enumerate(examples) if example.source_text == text]
    assert len(parts) > 1
    assert len(set(groups[parts].tolist())) == 1
