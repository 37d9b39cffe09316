import shutil
from pathlib import Path

import pytest

from models.serving.artefact import ArtefactRefused, read_manifest
from models.serving.classifier import ARTEFACT
from models.serving.registry import SHIPPED, ModelRegistry, UnknownVersion


@pytest.fixture
def registry(tmp_path: Path) -> ModelRegistry:
    """Has the shipped version once more beside it, and one that is damaged."""
    registry = ModelRegistry(tmp_path / "models")
    shutil.copytree(ARTEFACT, registry.folder / "twin")
    (registry.folder / "damaged").mkdir()
    return registry


def test_a_folder_that_is_not_there_has_the_shipped_version_in_use(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path / "none")

    assert [version.name for version in registry.versions()] == [SHIPPED]
    assert (registry.in_use(), registry.path_in_use()) == (SHIPPED, ARTEFACT)


def test_versions_stand_side_by_side_and_say_what_is_wrong_with_them(
    registry: ModelRegistry,
) -> None:
    problems = {version.name: version.problem for version in registry.versions()}

    assert list(problems) == [SHIPPED, "damaged", "twin"]
    assert problems["twin"] is problems[SHIPPED] is None
    assert "manifest.json is missing" in (problems["damaged"] or "")


def test_the_pointer_is_followed_and_turned_back(registry: ModelRegistry) -> None:
    registry.use("twin")
    assert registry.path_in_use() == registry.folder / "twin"

    registry.use(SHIPPED)
    assert registry.path_in_use() == ARTEFACT


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("none", UnknownVersion), ("../models/twin", UnknownVersion), ("damaged", ArtefactRefused)],
)
def test_what_cannot_be_used_leaves_the_pointer(
    registry: ModelRegistry, name: str, refusal: type[Exception]
) -> None:
    registry.use("twin")

    with pytest.raises(refusal):
        registry.use(name)

    assert registry.in_use() == "twin"


def test_a_pointer_to_nothing_leads_to_no_other_model(registry: ModelRegistry) -> None:
    registry.use("twin")
    shutil.rmtree(registry.folder / "twin")

    assert registry.path_in_use() == registry.folder / "twin"


def test_a_new_version_is_added_whole_and_once(registry: ModelRegistry) -> None:
    def write(folder: Path) -> None:
        shutil.copytree(ARTEFACT, folder, dirs_exist_ok=True)

    first, again = registry.add(write), registry.add(write)

    assert first == again
    assert first.name == read_manifest(ARTEFACT)["model_version"]
    assert sorted(path.name for path in registry.folder.iterdir()) == sorted(
        [first.name, "damaged", "twin"]
    )


def test_a_failed_training_leaves_nothing(registry: ModelRegistry) -> None:
    def write(folder: Path) -> None:
        (folder / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        registry.add(write)

    assert sorted(path.name for path in registry.folder.iterdir()) == ["damaged", "twin"]
