from pathlib import Path

from judging.loaded_model import load_model
from models.serving.artefact import read_manifest, read_weights, write
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import ARTEFACT


def artefact(folder: Path) -> Path:
    """The shipped one with other thresholds."""
    manifest = read_manifest(ARTEFACT)
    weights = read_weights(ARTEFACT, manifest)
    limits = {
        **{name: {"reject": 0.9, "flag": 0.5} for name in manifest["attributes"]},
        "insult": {"reject": None, "flag": None},
    }
    manifest["thresholds"] = manifest["settings"]["balanced"]["thresholds"] = limits
    write(folder, weights, manifest, "")
    return folder


def test_every_attribute_with_a_flag_flags_and_none_rejects_by_itself(tmp_path: Path) -> None:
    policy = load_model(artefact(tmp_path)).policy

    assert policy.flag == dict.fromkeys(
        [attribute for attribute in ATTRIBUTES if attribute != "insult"], 0.5
    )
    assert policy.likely == {"toxicity": 0.9, "spam": 0.9}
    assert policy.reject == {}
