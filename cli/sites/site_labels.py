"""`parley site labels`: what people say that texts are, as `parley train` reads it."""

import json

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.row_number import ROW_NUMBER
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.storage.comments.sites import Sites
from moderation.storage.labels.labels import Labels, StoredLabel


@click.command(epilog="Example: parley site labels my-paper > labels.jsonl")
@click.argument("name")
@click.option("--forget", "forgotten", type=ROW_NUMBER, metavar="ID", help="Remove this label.")
def labels(name: str, forgotten: int | None) -> None:
    """Write the labels of the site NAME as JSON Lines, for `parley train --data`.

    Programs and imports sent them; what a label says is 1 from the value 0.5 up, else 0.
    """
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site, stored = Sites(database, utc_now).get(name), Labels(database, utc_now)
        if forgotten is None:
            for label in stored.of_site(site):
                click.echo(json.dumps(label_as_json(label), ensure_ascii=False))
            return
        if not stored.remove(site, forgotten):
            sentence = f"{name} has no label {forgotten}: `parley site labels {name}` shows all"
            raise click.ClickException(sentence)
    click.echo(f"the label {forgotten} of {name} is removed")


def label_as_json(label: StoredLabel) -> dict[str, object]:
    """A label as learning reads it, with where it came from."""
    return {
        "id": label.id,
        "text": label.text,
        label.attribute: int(label.value >= 0.5),
        "value": label.value,
        "weight": label.weight,
        "source": label.source,
        "comment": label.comment,
        "created_at": label.created_at.isoformat(),
    }
