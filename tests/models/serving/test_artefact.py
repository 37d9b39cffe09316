import io
import json
import pickle
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

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
    vouch_for(artefact, npz(quantised=np.zeros((7, 3), np.int8)))

    with pytest.raises(ArtefactRefused, match=r"weights of shape \(7, 3\)"):
        load(artefact)


def npz(**arrays: np.ndarray[Any, Any]) -> bytes:
    """Weights that are right but for what is given."""
    content, attributes = io.BytesIO(), len(ATTRIBUTES)
    right = {
        "quantised": np.zeros((attributes, WIDTH), np.int8),
        "scales": np.ones(attributes, np.float32),
        "intercepts": np.zeros(attributes, np.float32),
    }
    np.savez_compressed(content, **(right | arrays))  # type: ignore[arg-type]
    return content.getvalue()


def bomb(shape: str) -> bytes:
    """A zip of a few kilobytes whose first array says that it has this shape."""
    header = f"{{'descr': '|i1', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    start = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("quantised.npy", start + bytes(len(ATTRIBUTES) * WIDTH * 8))
        archive.writestr("scales.npy", b"")
        archive.writestr("intercepts.npy", b"")
    return content.getvalue()


def with_broken_deflate() -> bytes:
    content = bytearray(npz())
    start = content.index(b"quantised.npy") + len("quantised.npy")
    content[start + 30 : start + 60] = b"\xff" * 30
    return bytes(content)


ONES = np.ones(len(ATTRIBUTES), np.float32)
_HOSTILE_WEIGHTS = {
    "corrupt deflate": (with_broken_deflate, "damaged one"),
    "a huge shape": (lambda: bomb("(7, 10000000000)"), r"weights of shape \(7, 10000000000\)"),
    "a bomb of the right shape": (lambda: bomb(f"(7, {WIDTH})"), "have not 6,881,280 bytes"),
    "a negative shape": (lambda: bomb("(-1,)"), "weights of shape"),
    "a shape that is none": (lambda: bomb("'x'"), "are no array"),
    "floats": (lambda: npz(quantised=np.zeros((7, WIDTH))), "are no int8"),
    "float16": (lambda: npz(scales=ONES.astype(np.float16)), "scales are no float32"),
    "NaN": (lambda: npz(scales=ONES * np.nan), "finite and above 0"),
    "infinite intercepts": (lambda: npz(intercepts=ONES * np.inf), "intercepts finite"),
    "scales of 0": (lambda: npz(scales=ONES * 0), "above 0"),
    "another array": (lambda: npz(more=ONES), "and nothing else"),
    "no file": (lambda: b"", "no npz file"),
}


@pytest.mark.parametrize("name", _HOSTILE_WEIGHTS)
def test_weights_are_refused_for_what_they_hold(artefact: Path, name: str) -> None:
    content, sentence = _HOSTILE_WEIGHTS[name]
    vouch_for(artefact, content())

    with pytest.raises(ArtefactRefused, match=sentence):
        load(artefact)


_LIMITS: dict[str, Any] = {name: {"reject": 0.9, "flag": 0.5} for name in ATTRIBUTES}
_CURVES: dict[str, Any] = {
    name: {"slope": 1.0, "upper_slope": 1.0, "intercept": 0.0} for name in ATTRIBUTES
}
_NO_VALUES: list[object] = [None, "", "a b", [], {}, 0, True, [[]], {"toxicity": None}]
_NO_THRESHOLDS: list[object] = ["0.5", -0.1, 1.1, True, [0.5], 10**400]
_NO_SLOPES: list[object] = [0, -1, None, "1", 1e300]
_NO_INSULT = {name: value for name, value in _LIMITS.items() if name != "insult"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(
            (field, value)
            for field in ("thresholds", "calibration", "attributes", "model_version", "sha256")
            for value in _NO_VALUES
        ),
        ("attributes", list(ATTRIBUTES[1:])),
        ("attributes", [*ATTRIBUTES[1:], "kindness"]),
        ("attributes", [*ATTRIBUTES, "spam"]),
        ("thresholds", _NO_INSULT),
        *(
            ("thresholds", {**_LIMITS, "insult": {"reject": 0.9, "flag": value}})
            for value in _NO_THRESHOLDS
        ),
        ("thresholds", {**_LIMITS, "insult": {"flag": 0.5}}),
        *(
            ("calibration", {**_CURVES, "spam": {**_CURVES["spam"], "slope": value}})
            for value in _NO_SLOPES
        ),
        ("calibration", {**_CURVES, "spam": {**_CURVES["spam"], "intercept": "0"}}),
        ("held_out", {"toxicity": "good"}),
    ],
)
def test_a_manifest_is_refused_for_what_it_says(artefact: Path, field: str, value: object) -> None:
    sign(artefact, {**artefact_file.read_manifest(artefact), field: value})

    with pytest.raises(ArtefactRefused, match=field):
        load(artefact)


def test_a_manifest_without_a_value_is_refused(artefact: Path) -> None:
    whole = artefact_file.read_manifest(artefact)
    for field in ("thresholds", "calibration", "attributes", "model_version", "sha256"):
        sign(artefact, {name: value for name, value in whole.items() if name != field})

        with pytest.raises(ArtefactRefused, match=field):
            load(artefact)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1" * 5_000])
def test_a_manifest_with_numbers_that_are_none_is_refused(artefact: Path, number: str) -> None:
    path = artefact / "manifest.json"
    path.write_text(re.sub(r'"slope": [0-9.]+', f'"slope": {number}', path.read_text()))

    with pytest.raises(ArtefactRefused, match="is not a manifest in JSON"):
        load(artefact)


def test_a_manifest_too_deep_or_too_long_is_refused(artefact: Path) -> None:
    for text in ("[" * 200_000, '{"a":' * 200_000, " " * 5_000_000):
        (artefact / "manifest.json").write_text(text)

        with pytest.raises(ArtefactRefused, match=r"manifest\.json is"):
            load(artefact)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=5), values),
    max_leaves=4,
)
_READ = ("attributes", "calibration", "thresholds", "model_version", "normaliser_version", "sha256")


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_manifest_says_it_is_loaded_or_refused(artefact: Path, data: Any) -> None:
    manifest = artefact_file.read_manifest(ARTEFACT) | {"sha256": _digest_of(artefact)}
    field = data.draw(st.sampled_from(_READ))
    parent, key = manifest, field
    while isinstance(parent[key], dict) and data.draw(st.booleans()):
        parent = parent[key] = dict(parent[key])
        key = data.draw(st.sampled_from(sorted(parent)))
    parent[key] = data.draw(_JSON)
    sign(artefact, manifest)

    assert_loaded_or_refused(artefact)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(places=[(0.01953125, 0)])  # numpy's parser of headers ends in a TokenError
@given(places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_whatever_bytes_the_weights_have_they_are_loaded_or_refused(
    artefact: Path, places: list[tuple[float, int]]
) -> None:
    content = bytearray(npz())
    for place, value in places:
        content[int(place * (len(content) - 1))] = value
    sign(artefact, artefact_file.read_manifest(ARTEFACT), bytes(content))

    assert_loaded_or_refused(artefact)


def sign(artefact: Path, manifest: dict[str, Any], weights: bytes | None = None) -> None:
    """Write a manifest, and weights, with digests that are right whatever they say."""
    if weights is not None:
        digest = artefact_file.digest(weights)
        manifest = {**manifest, "sha256": digest}
        (artefact / artefact_file.weights_file(digest)).write_bytes(weights)
    whole = artefact_file.digest(json.dumps(manifest, sort_keys=True).encode())
    signed = {**manifest, "manifest_sha256": whole}
    (artefact / "manifest.json").write_text(json.dumps(signed))


def _digest_of(artefact: Path) -> str:
    return artefact_file.digest(weights_of(artefact).read_bytes())


def assert_loaded_or_refused(artefact: Path) -> None:
    try:
        scores = load(artefact).score(["Well argued."])[0]
    except ArtefactRefused:
        return
    assert all(0 <= score <= 1 for score in scores.values())


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
