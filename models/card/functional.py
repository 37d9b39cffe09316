"""The card's part on functional and spelling tests."""

from collections.abc import Iterator

from models.evaluation.functional_tests import KindResult, share_right
from models.serving.artefact import Manifest


def functional_lines(found: Manifest) -> Iterator[str]:
    yield "## Functional tests\n"
    yield (
        "In the manner of HateCheck, on sentences of our own that no training has: hateful ones "
        f"should reach the flag threshold of toxicity, and {_share(found['hateful'])} do; the rest "
        f"should not, and {_share(found['harmless'])} do not. Abuse of a person or of landlords "
        "is not hateful in that sense, but toxic: there a good score of toxicity is wrong.\n"
    )
    yield "| Hateful | Sentences | Right |\n|---|---:|---:|"
    yield from _kinds(found["hateful"])
    yield "\n| The rest | Sentences | Right |\n|---|---:|---:|"
    yield from _kinds(found["harmless"])
    yield "\n## Spelling tests\n"
    yield (
        f"The {found['caught']} hateful sentences that are caught as they are, disguised: the "
        "share still caught. One test changes the longest word of each sentence, the other every "
        "word of four letters and more.\n"
    )
    yield "| Disguise | Longest word | Every longer word |\n|---|---:|---:|"
    for name, caught in found["spelling"].items():
        yield f"| {name} | {caught['longest_word']:.1%} | {caught['every_word']:.1%} |"
    yield ""


def _kinds(kinds: Manifest) -> Iterator[str]:
    for kind, each in kinds.items():
        yield f"| {kind} | {each['sentences']} | {each['right'] / each['sentences']:.0%} |"


def _share(kinds: Manifest) -> str:
    return f"{share_right({kind: KindResult(**each) for kind, each in kinds.items()}):.1%}"
