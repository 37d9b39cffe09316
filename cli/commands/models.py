"""`parley model`: the versions of the classifier, and which of them is used."""

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from cli.classifier import registry_of, unknown_version
from cli.language_versions import (
    is_language_version,
    language_rows,
    language_table,
    use_language,
)
from cli.lazy_group import LazyGroup
from cli.wrong_use import read_settings
from models.serving.artefact import ArtefactRefused
from models.serving.languages.grades import ENGLISH
from models.serving.registry import UnknownVersion, Version


@click.group(
    cls=LazyGroup,
    modules={"compare": "cli.commands.model_compare"},
    epilog="Example: parley model list",
)
def model() -> None:
    """Versions of the classifier."""


@model.command("list", epilog="Example: parley model list --json")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def list_versions(as_json: bool) -> None:
    """Show every version, with its figures on held-out comments; then those of languages."""
    settings = read_settings()
    registry = registry_of(settings)
    rows = [_as_json(version, registry.in_use()) for version in registry.versions()]
    languages = list(language_rows(settings))
    if as_json:
        click.echo(json.dumps([*rows, *languages], ensure_ascii=False))
        return
    table = Table("", "version", "toxicity ROC AUC", "folder", box=None, pad_edge=False)
    for row in rows:
        figure = row["problem"] or row["roc_auc"] or "not measured"
        table.add_row("*" if row["in_use"] else "", row["name"], str(figure), row["folder"])
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    if settings.model:
        click.echo(f"PARLEY_MODEL wins over all of them: {settings.model}")
    console.print()
    console.print(language_table(languages))


@model.command(epilog="Example: parley model use 1-0123456789ab")
@click.argument("name")
@click.option("--language", help="Use what Parley ships of it, if anything: NAME is `shipped`.")
def use(name: str, language: str | None) -> None:
    """Let workers use version NAME from their next start; `shipped` is the one of Parley.

    A version of a language, as nl-0123456789ab, is used for that language.
    """
    registry = registry_of(read_settings())
    try:
        if language is not None or is_language_version(name):
            use_language(name, language)
        else:
            registry.use(name)
    except UnknownVersion as unknown:
        raise unknown_version(registry, name) from unknown
    except ArtefactRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{name} is used by every worker and web server that starts from now on")


def _as_json(version: Version, in_use: str) -> dict[str, Any]:
    measured = version.manifest.get("held_out") or version.manifest.get("cross_validated") or {}
    figures = measured.get("toxicity", {})
    return {
        "name": version.name,
        "language": ENGLISH,
        "version": version.manifest.get("model_version"),
        "in_use": version.name == in_use,
        "roc_auc": figures.get("roc_auc"),
        "folder": str(version.path),
        "problem": version.problem,
    }
