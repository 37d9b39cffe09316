"""The versions of languages in `parley model`: those of Parley and the operator's own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from rich.table import Table

from cli.classifier import path_in_use, registry_of
from cli.wrong_use import read_settings
from judging.spoken_languages import languages_beside
from models.serving.artefact import ArtefactRefused
from models.serving.languages.language_files import LanguageEntry
from models.serving.languages.language_models import LanguageModels
from models.serving.languages.language_registry import code_of
from models.serving.registry import SHIPPED
from moderation.choices.site_languages import InvalidLanguages, language_code, language_name
from moderation.config.settings import Settings


def language_rows(settings: Settings) -> Iterator[dict[str, Any]]:
    """Say of every version of a language what is known, those that come with Parley first."""
    registry = registry_of(settings).languages
    in_use = registry.in_use()
    for code, entry in _shipped().items():
        yield _row(entry, is_used=code not in in_use)
    for name in registry.names():
        is_used = in_use.get(code_of(name)) == name
        try:
            yield _row(registry.entry(name), is_used=is_used)
        except ArtefactRefused as refused:
            yield _empty_row(name, code_of(name), is_used) | {
                "folder": str(registry.folder / name),
                "problem": str(refused),
            }


def language_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """A row for each version."""
    table = Table("", "version", "language", "grade", "ROC AUC", "folder", box=None, pad_edge=False)
    for row in rows:
        figure = row["problem"] or row["roc_auc"]
        mark, name = "*" if row["in_use"] else "", language_name(row["language"])
        table.add_row(mark, row["name"], name, row["grade"], str(figure), row["folder"])
    return table


def is_language_version(name: str) -> bool:
    """Whether it is spelt as a version of a language: a code, a hyphen, a part of a digest."""
    registry = registry_of(read_settings()).languages
    return name in registry.names() or name in _shipped_names(code_of(name))


def use_language(name: str, language: str | None) -> None:
    """Use a version of a language; SHIPPED, and one that comes with Parley, ends an own one.

    Raises:
        click.ClickException: There is no such language, or no such version of it.
        ArtefactRefused: The version cannot be loaded; the one in use stays.
    """
    registry = registry_of(read_settings()).languages
    code = _code(language) if language is not None else code_of(name)
    names = [own for own in registry.names() if code_of(own) == code]
    if name == SHIPPED or name in _shipped_names(code):
        registry.use_shipped(code)
    elif name in names:
        registry.use(name)
    else:
        known = ", ".join([SHIPPED, *names])
        sentence = f"there is no version {name!r} of {language_name(code)}; there are {known}"
        raise click.ClickException(sentence)


def _code(language: str) -> str:
    try:
        return language_code(language)
    except InvalidLanguages as unknown:
        raise click.ClickException(str(unknown)) from unknown


def _shipped() -> Mapping[str, LanguageEntry]:
    """Those that come with Parley and have a model, by their code."""
    entries = LanguageModels(languages_beside(path_in_use())).entries
    return {code: entry for code, entry in entries.items() if entry.version}


def _shipped_names(code: str) -> set[str | None]:
    """The version of a language that comes with Parley, if any."""
    return {entry.version for own, entry in _shipped().items() if own == code}


def _row(entry: LanguageEntry, *, is_used: bool) -> dict[str, Any]:
    return _empty_row(entry.version, entry.code, is_used) | {
        "grade": entry.grade,
        "roc_auc": entry.figures["held_out"]["auc"],
        "held": entry.figures["held_out"]["held"],
        "missed": entry.figures["held_out"]["missed"],
        "folder": str(entry.folder),
    }


def _empty_row(name: str | None, code: str, is_used: bool) -> dict[str, Any]:
    """The same fields as of a version of English."""
    return {
        "name": name,
        "language": code,
        "version": name,
        "in_use": is_used,
        "grade": None,
        "roc_auc": None,
        "problem": None,
    }
