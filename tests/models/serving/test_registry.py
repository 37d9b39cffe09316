import shutil
from pathlib import Path

import pytest

from models.serving.artefact import ArtefactRefused, read_manifest
from models.serving.classifier import ARTEFACT
from models.serving.registry import SHIPPED, Shelf, UnknownVersion


@pytest.fixture
def shelf(tmp_path: Path, small_artefact: Path) -> Shelf:
    """Has one version beside the shipped one, and one that is damaged."""
    shelf = Shelf(tmp_path / "models")
    shutil.copytree(small_artefact, shelf.folder / "small")
    (shelf.folder / "damaged").mkdir()
    return shelf


def test_a_shelf_that_is_not_there_has_the_shipped_version_in_use(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "none")

    assert [version.name for version in shelf.versions()] == [SHIPPED]
    assert (shelf.in_use(), shelf.path_in_use()) == (SHIPPED, ARTEFACT)


def test_versions_stand_side_by_side_and_say_what_is_wrong_with_them(shelf: Shelf) -> None:
    found = {version.name: version.problem for version in shelf.versions()}

    assert list(found) == [SHIPPED, "damaged", "small"]
    assert found["small"] is found[SHIPPED] is None
    assert "manifest.json is missing" in (found["damaged"] or "")


def test_the_pointer_is_followed_and_turned_back(shelf: Shelf) -> None:
    shelf.use("small")
    assert shelf.path_in_use() == shelf.folder / "small"

    shelf.use(SHIPPED)
    assert shelf.path_in_use() == ARTEFACT


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("none", UnknownVersion), ("../models/small", UnknownVersion), ("damaged", ArtefactRefused)],
)
def test_what_cannot_be_used_leaves_the_pointer(
    shelf: Shelf, name: str, refusal: type[Exception]
) -> None:
    shelf.use("small")

    with pytest.raises(refusal):
        shelf.use(name)

    assert shelf.in_use() == "small"


def test_a_pointer_to_nothing_leads_to_no_other_model(shelf: Shelf) -> None:
    shelf.use("small")
    shutil.rmtree(shelf.folder / "small")

    assert shelf.path_in_use() == shelf.folder / "small"


def test_a_new_version_is_added_whole_and_once(shelf: Shelf, small_artefact: Path) -> None:
    def write(folder: Path) -> None:
        shutil.copytree(small_artefact, folder, dirs_exist_ok=True)

    first, again = shelf.add(write), shelf.add(write)

    assert first == again
    assert first.name == read_manifest(small_artefact)["model_version"]
    assert sorted(path.name for path in shelf.folder.iterdir()) == sorted(
        [first.name, "damaged", "small"]
    )


def test_a_failed_training_leaves_nothing(shelf: Shelf) -> None:
    def write(folder: Path) -> None:
        (folder / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.add(write)

    assert sorted(path.name for path in shelf.folder.iterdir()) == ["damaged", "small"]
