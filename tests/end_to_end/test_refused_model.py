"""A damaged artefact, the whole way: comments are taken, all of them wait, /readyz says why."""

import json
import shutil
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError

import pytest

from models.serving.artefact import digest, read_manifest
from models.serving.classifier import ARTEFACT
from tests.support.operator import CIVIL, Parley
from tests.support.program import wait_until


@pytest.fixture
def parley(tmp_path: Path) -> Iterator[Parley]:
    """Has a copy of the shipped artefact with one bit of its weights flipped."""
    parley = Parley(tmp_path / "var")
    parley.environment["PARLEY_MODEL"] = str(damaged(tmp_path / "model"))
    yield parley
    parley.kill_all()


def test_a_model_with_right_digests_and_wrong_content_flags_everything(tmp_path: Path) -> None:
    parley = Parley(tmp_path / "var")
    folder = Path(shutil.copytree(ARTEFACT, tmp_path / "model"))
    manifest = {**read_manifest(folder), "thresholds": None}
    manifest["manifest_sha256"] = digest(json.dumps(manifest, sort_keys=True).encode())
    (folder / "manifest.json").write_text(json.dumps(manifest))
    parley.environment["PARLEY_MODEL"] = str(folder)
    try:
        parley.start()

        assert parley.decided(parley.submit(CIVIL)) == "flagged"
        wait_until(lambda: "thresholds is missing or wrong" in model_problem(parley))
    finally:
        parley.kill_all()


def damaged(folder: Path) -> Path:
    shutil.copytree(ARTEFACT, folder)
    (weights,) = folder.glob("weights-*.npz")
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    return folder


def model_problem(parley: Parley) -> str:
    """What /readyz says of the model."""
    with pytest.raises(HTTPError) as refused:
        parley.open(f"{parley.at}/readyz")
    with refused.value as answer:
        assert answer.code == HTTPStatus.SERVICE_UNAVAILABLE
        return str(json.load(answer)["checks"]["model"])


def test_a_damaged_model_flags_everything_and_readyz_says_why(parley: Parley) -> None:
    parley.start()

    decided = parley.decided(parley.submit(CIVIL))

    assert decided == "flagged"
    wait_until(lambda: "SHA-256" in model_problem(parley))
    assert model_problem(parley).endswith(
        "was altered: its SHA-256 is not the one in its manifest; "
        "every comment is flagged meanwhile"
    )
    assert parley.shown() == []
