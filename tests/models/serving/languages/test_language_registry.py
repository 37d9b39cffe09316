"""An operator's own languages stand beside one another; a pointer says which is used."""

import shutil
from pathlib import Path

import pytest

from models.serving.artefact import ArtefactRefused
from models.serving.classifier import ARTEFACT
from models.serving.languages import Grade, LanguageModels
from models.serving.languages.language_files import LanguageEntry, read_entries
from models.serving.languages.language_manifest import read_manifest, write_manifest
from models.serving.languages.language_registry import LanguageRegistry
from tests.support.language_faults import FAULTS

SHIPPED = ARTEFACT / "languages"
SPANISH = read_entries(SHIPPED)["es"]


@pytest.fixture
def registry(tmp_path: Path) -> LanguageRegistry:
    return LanguageRegistry(tmp_path / "languages")


def add_as(registry: LanguageRegistry, code: str) -> LanguageEntry:
    """Add the shipped Spanish model once more, as another language's."""

    def write(folder: Path) -> None:
        shipped = f"es-{SPANISH.fields['sha256'][:12]}.npz"
        shutil.copy(SHIPPED / shipped, folder / shipped.replace("es-", f"{code}-"))
        fields = {**SPANISH.fields, "version": f"{code}-0123456789ab"}
        write_manifest(folder, read_manifest(SHIPPED) | {"languages": {code: fields}})

    return registry.add(write)


def test_an_own_language_is_scored_once_it_is_in_use(registry: LanguageRegistry) -> None:
    entry = add_as(registry, "nl")
    assert LanguageModels(SHIPPED, registry).grade("nl") is Grade.UNKNOWN

    registry.use(str(entry.version))

    models = LanguageModels(SHIPPED, registry)
    texts = ["Eres un hijo de puta, vete a la mierda"]
    assert models.grade("nl") is Grade.SORTS
    assert models.classifier("nl").score(texts) == models.classifier("es").score(texts)
    assert models.by_version("nl-0123456789ab") is models.classifier("nl")
    assert list(models.problems()) == []


def test_an_own_one_replaces_the_shipped_one_until_it_is_turned_back(
    registry: LanguageRegistry,
) -> None:
    registry.use(str(add_as(registry, "de").version))
    assert LanguageModels(SHIPPED, registry).entries["de"].version == "de-0123456789ab"

    registry.use_shipped("de")

    assert LanguageModels(SHIPPED, registry).entries["de"].folder == SHIPPED


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("suffix", [".json", ".npz"])
def test_an_own_language_with_a_fault_waits_and_no_shipped_one_takes_its_place(
    registry: LanguageRegistry, suffix: str, fault: str
) -> None:
    entry = add_as(registry, "de")
    registry.use(str(entry.version))
    (path,) = entry.folder.glob(f"*{suffix}")
    FAULTS[fault](path)

    models = LanguageModels(SHIPPED, registry)

    assert (models.grade("de"), models.grade("es")) == (Grade.UNKNOWN, Grade.SORTS)
    (problem,) = models.problems()
    assert str(path) in problem
    assert "comments in the language de wait" in problem


@pytest.mark.parametrize("name", ["nl-0123456789ab", "none", "", "../nl-1", "\0", "-"])
def test_what_is_not_there_cannot_be_used(registry: LanguageRegistry, name: str) -> None:
    with pytest.raises(ArtefactRefused):
        registry.use(name)

    assert registry.in_use() == {}


def test_a_pointer_that_cannot_be_read_lets_its_language_wait(registry: LanguageRegistry) -> None:
    (registry.folder / "in-use-de").mkdir(parents=True)

    models = LanguageModels(SHIPPED, registry)

    assert models.grade("de") is Grade.UNKNOWN
    assert len(list(models.problems())) == 1


@pytest.mark.parametrize("content", [b"nl-9\n", b"\xff\0", b"../../x", b"de-0123456789ab"])
def test_a_pointer_to_nothing_lets_its_language_wait(
    registry: LanguageRegistry, content: bytes
) -> None:
    add_as(registry, "nl")
    (registry.folder / "in-use-de").write_bytes(content)

    models = LanguageModels(SHIPPED, registry)

    assert models.grade("de") is Grade.UNKNOWN
    assert len(list(models.problems())) == 1
