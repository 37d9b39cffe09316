"""The card's part on functional and spelling tests."""

from collections.abc import Iterator

from models.evaluation.functional_tests import KindResult, share_right
from models.serving.artefact import Manifest


def functional_lines(results: Manifest) -> Iterator[str]:
    """Write the part, as lines of Markdown."""
    yield "## Functional tests\n"
    yield (
        "Sentences of our own, in the manner of HateCheck, that no training has. Hateful ones "
        "should wait, by the flag of any attribute: "
        f"{_share(results['hateful'])} do. The others should not: "
        f"{_share(results['harmless'])} do not. Abuse of one person, or of landlords, is toxic but "
        "not hateful in the sense of these tests: there a good score of toxicity counts as "
        "wrong.\n"
    )
    yield "| Hateful | Sentences | Right |\n|---|---:|---:|"
    yield from _kinds(results["hateful"])
    yield "\n| Others | Sentences | Right |\n|---|---:|---:|"
    yield from _kinds(results["harmless"])
    yield from _spelling_lines(results)


def _spelling_lines(results: Manifest) -> Iterator[str]:
    yield "\n## Spelling tests\n"
    yield (
        f"{results['caught']} hateful sentences are flagged as written. The table gives the share "
        "of them that is still flagged when the longest word is obfuscated, or every word of four "
        "letters and more.\n"
    )
    yield "| Obfuscation | Longest word | Every longer word |\n|---|---:|---:|"
    for name, shares in results["spelling"].items():
        yield f"| {name} | {shares['longest_word']:.1%} | {shares['every_word']:.1%} |"
    yield ""


def _kinds(kinds: Manifest) -> Iterator[str]:
    for kind, result in kinds.items():
        yield f"| {kind} | {result['sentences']} | {result['right'] / result['sentences']:.0%} |"


def _share(kinds: Manifest) -> str:
    return f"{share_right({kind: KindResult(**result) for kind, result in kinds.items()}):.1%}"
