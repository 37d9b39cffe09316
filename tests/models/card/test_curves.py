import pytest

from models.card.curves import render_pictures
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT


@pytest.mark.parametrize("name", ["reliability.svg", "precision-recall.svg", "workload.svg"])
def test_the_shipped_pictures_are_those_of_the_manifest_and_shown_in_the_card(name: str) -> None:
    assert (ARTEFACT / name).read_text() == render_pictures(read_manifest(ARTEFACT))[name]
    assert f"({name})" in (ARTEFACT / "CARD.md").read_text()
