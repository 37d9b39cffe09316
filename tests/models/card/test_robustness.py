from models.card.robustness import robustness_lines
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT

MANIFEST = read_manifest(ARTEFACT)
LINES = "\n".join(robustness_lines(MANIFEST)).splitlines()


def test_every_family_of_obfuscation_has_a_row_that_says_whether_training_had_it() -> None:
    for family in MANIFEST["robustness"]["disguised"]:
        known = "no" if family in MANIFEST["robustness"]["held_out_families"] else "yes"
        assert any(line.startswith(f"| {family.replace('_', ' ')} | {known} |") for line in LINES)


def test_names_are_in_the_order_of_their_mean_toxicity() -> None:
    means = MANIFEST["robustness"]["mean_by_name"]

    names = [line.split(" | ")[0][2:] for line in LINES if line.startswith("| ")]

    ordered = sorted(means, key=lambda name: -means[name])
    assert [name for name in names if name in means] == ordered


def test_every_domain_is_there() -> None:
    text = "\n".join(LINES)

    assert all(f"| {domain} |" in text for domain in MANIFEST["elsewhere"])
    assert f"accuracy {MANIFEST['videos']['accuracy']:.1%}" in text
    assert f"mean character F1 {MANIFEST['reasons']['character_f1']:.3f}" in text
