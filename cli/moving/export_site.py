"""`parley export`: all of a site as JSON Lines."""

import json
import sys

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.storage.comments.sites import Sites
from moderation.storage.moving.export import Export


@click.command("export", epilog="Example: parley export --site my-paper | gzip > my-paper.jsonl.gz")
@click.option("--site", "name", required=True, help="The site.")
def export_site(name: str) -> None:
    """Write the pages, comments, decisions and labels of a site to standard output.

    One JSON object a line, in UTF-8; `parley import parley` reads them. Hashes of addresses,
    reports, notes and sanctions are not among them: they are of this server alone.
    """
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        export = Export(database, Sites(database, utc_now).get(name))
        for line in export.lines():
            sys.stdout.write(f"{json.dumps(line, ensure_ascii=False)}\n")
        sys.stdout.flush()
