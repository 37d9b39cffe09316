import io
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from models.features.vectoriser import WIDTH
from models.serving import artefact as artefact_file
from models.serving.artefact import FORMAT_VERSION, ArtefactRefused
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import ARTEFACT, load


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole artefact, quick to write and to read: all its weights are zero."""
    folder, attributes = tmp_path_factory.mktemp("whole"), len(ATTRIBUTES)
    weights = artefact_file.quantise(np.zeros((attributes, WIDTH)), np.zeros(attributes))
    digest = artefact_file.digest(artefact_file.pack(weights))
    manifest = artefact_file.read_manifest(ARTEFACT) | {"sha256": digest}
    artefact_file.write(folder, weights, manifest, "")
    return folder


@pytest.fixture
def artefact(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "artefact"))


def weights_of(artefact: Path) -> Path:
    return next(artefact.glob("weights-*.npz"))


def revise(artefact: Path, **changes: object) -> None:
    """Change the manifest as a training would, with a digest of its own that is right."""
    weights = artefact_file.read_weights(artefact, artefact_file.read_manifest(artefact))
    manifest = artefact_file.read_manifest(artefact) | changes
    artefact_file.write(artefact, weights, manifest, "")


def vouch_for(artefact: Path, content: bytes) -> None:
    """Put the content in the place of the weights, with a manifest that names it."""
    digest = artefact_file.digest(content)
    revise(artefact, sha256=digest)
    weights_of(artefact).write_bytes(content)


def test_a_whole_artefact_is_loaded(artefact: Path) -> None:
    assert load(artefact).version.startswith(f"{FORMAT_VERSION}-")


def test_a_flipped_byte_is_refused(artefact: Path) -> None:
    content = bytearray(weights_of(artefact).read_bytes())
    content[len(content) // 2] ^= 1
    weights_of(artefact).write_bytes(content)

    with pytest.raises(ArtefactRefused, match=r"\.npz was altered: its SHA-256 is not the one"):
        load(artefact)


def test_another_format_version_is_refused(artefact: Path) -> None:
    revise(artefact, format_version=99)

    refused = f"format version 99; this Parley reads version {FORMAT_VERSION}"
    with pytest.raises(ArtefactRefused, match=refused):
        load(artefact)


def test_another_normaliser_version_is_refused(artefact: Path) -> None:
    revise(artefact, normaliser_version=99)

    with pytest.raises(ArtefactRefused, match="trained with normaliser version 99"):
        load(artefact)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtefactRefused, match=r"manifest\.json is missing: there is no trained"):
        load(tmp_path / "nowhere")


def test_missing_weights_are_refused(artefact: Path) -> None:
    weights_of(artefact).unlink()

    with pytest.raises(ArtefactRefused, match=r"\.npz is missing: the manifest is there"):
        load(artefact)


@pytest.mark.parametrize("manifest", [b"", b"[]", b"\xff", b'{"format_version": 3}'])
def test_a_manifest_that_is_none_is_refused(artefact: Path, manifest: bytes) -> None:
    (artefact / "manifest.json").write_bytes(manifest)

    with pytest.raises(ArtefactRefused, match=r"manifest\.json (is not|has|was altered)"):
        load(artefact)


def test_an_altered_threshold_is_refused(artefact: Path) -> None:
    path = artefact / "manifest.json"
    path.write_text(path.read_text().replace('"flag": 0.', '"flag": 0.9', 1))

    with pytest.raises(ArtefactRefused, match=r"manifest\.json was altered"):
        load(artefact)


def test_a_pickle_in_place_of_the_weights_is_refused(artefact: Path) -> None:
    vouch_for(artefact, pickle.dumps({"quantised": [1]}))

    with pytest.raises(ArtefactRefused, match="a pickle is never read"):
        load(artefact)


def test_a_pickle_inside_the_weights_is_refused(artefact: Path) -> None:
    content = io.BytesIO()
    np.savez(content, quantised=np.array([{}], dtype=object), scales=[1], intercepts=[1])
    vouch_for(artefact, content.getvalue())

    with pytest.raises(ArtefactRefused, match="a pickle is never read"):
        load(artefact)


def test_weights_of_another_shape_are_refused(artefact: Path) -> None:
    content = io.BytesIO()
    np.savez(content, quantised=np.zeros((7, 3), np.int8), scales=[1.0], intercepts=[0.0])
    vouch_for(artefact, content.getvalue())

    with pytest.raises(ArtefactRefused, match=r"weights of shape \(7, 3\)"):
        load(artefact)


def test_an_interrupted_replacement_leaves_the_old_artefact(artefact: Path) -> None:
    version = load(artefact).version
    (artefact / "weights-000000000000.npz.unfinished").write_bytes(b"half")
    (artefact / "weights-000000000000.npz").write_bytes(b"whole, not named by a manifest yet")

    assert load(artefact).version == version


def test_quantised_weights_are_within_half_a_step() -> None:
    weights = np.array([[0.0, 1.27, -0.634], [0.0, 0.0, 0.0]])

    quantised = artefact_file.quantise(weights, np.zeros(2))

    assert quantised.quantised.tolist() == [[0, 127, -63], [0, 0, 0]]
    assert quantised.scales.tolist() == pytest.approx([0.01, 1.0])
