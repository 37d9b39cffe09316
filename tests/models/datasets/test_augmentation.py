from pathlib import Path

from models.datasets.augmentation import augmented_examples, origins
from models.datasets.corpus import read_corpus
from models.datasets.examples import Example, all_negative, partial_labels


def test_an_obfuscated_copy_has_the_labels_of_its_origin(corpus: Path) -> None:
    examples = read_corpus(corpus)

    rows = origins(examples)

    copies = [
        (example, examples[row])
        for example, row in zip(examples, rows, strict=True)
        if example.obfuscated
    ]
    assert copies
    assert all(copy.labels == origin.labels for copy, origin in copies)
    assert all(copy.source == origin.source for copy, origin in copies)
    assert not any(copy.unbiased_sample for copy, _ in copies)


def test_a_comment_with_a_link_belongs_to_the_one_without(corpus: Path) -> None:
    examples = read_corpus(corpus)

    rows = origins(examples)

    linked = [
        (example.text, examples[row].text)
        for example, row in zip(examples, rows, strict=True)
        if example.source == "linked"
    ]
    assert linked
    assert all(text in with_link != text for with_link, text in linked)


def test_other_examples_are_their_own_origin(corpus: Path) -> None:
    examples = read_corpus(corpus)

    rows = origins(examples)

    assert all(
        row == number
        for number, (example, row) in enumerate(zip(examples, rows, strict=True))
        if not example.obfuscated and example.source != "linked"
    )


def test_only_short_civil_wikipedia_comments_get_a_link() -> None:
    toxic = partial_labels(toxicity=1.0)
    examples = [
        Example("Toxic", toxic, "jigsaw"),
        Example("Long " * 100, all_negative(), "jigsaw"),
        Example("News", all_negative(), "civil_toxic"),
        Example("Short", all_negative(), "jigsaw"),
    ]

    linked = [
        example.text for example in augmented_examples(examples) if example.source == "linked"
    ]

    assert linked == ["Short See https://en.wikipedia.org/wiki/Special:Search?search=10000"]
