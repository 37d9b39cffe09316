from pathlib import Path
from typing import Any

from models.artefact_file import read_manifest, read_weights, write
from models.classifier import ARTEFACT
from worker.model import load_model


def artefact(folder: Path, **changed: Any) -> Path:
    """The shipped one with other thresholds, and what else its manifest is to say."""
    manifest = read_manifest(ARTEFACT)
    weights = read_weights(ARTEFACT, manifest)
    manifest.pop("flagging", None)
    manifest["thresholds"] = {
        **{name: {"reject": 0.9, "flag": 0.5} for name in manifest["attributes"]},
        "insult": {"reject": None, "flag": None},
    }
    write(folder, weights, manifest | changed, "")
    return folder


def test_every_attribute_with_a_flag_of_those_chosen_together_flags(tmp_path: Path) -> None:
    together = ["toxicity", "threat", "insult", "spam"]

    policy = load_model(artefact(tmp_path, flagging=together)).policy

    assert policy.flag == {"toxicity": 0.5, "threat": 0.5, "spam": 0.5}
    assert policy.reject == {"toxicity": 0.9, "spam": 0.9}


def test_flags_that_were_chosen_alone_hold_for_toxicity_and_spam(tmp_path: Path) -> None:
    policy = load_model(artefact(tmp_path)).policy

    assert policy.flag == {"toxicity": 0.5, "spam": 0.5}
