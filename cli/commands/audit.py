"""`parley audit`: what people did here, and whether the log of it is unbroken."""

import json

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.audit_chain import AuditRow
from moderation.notifications.wording import counted
from moderation.storage.system.audit_log import AuditLog


@click.group(epilog="Example: parley audit verify")
def audit() -> None:
    """What people did here: sign-ins, decisions, changes of people and sites."""


@audit.command("list", epilog="Example: parley audit list --json")
@click.option("--limit", type=click.IntRange(1, 2**63 - 1), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_rows(limit: int, as_json: bool) -> None:
    """Show the newest rows, the newest last."""
    with open_checked_database(read_settings()) as database:
        rows = AuditLog(database).newest(limit)
    for row in reversed(rows):
        click.echo(json.dumps(_as_json(row), ensure_ascii=False) if as_json else _line(row))


@audit.command(epilog="Example: parley audit verify")
@click.option("--has", "must_have", help="A newest hash noted earlier, which must be in the log.")
def verify(must_have: str | None) -> None:
    """Check every row; exit code 1 names the first that was changed, put in or taken out.

    Keep the hash that this prints somewhere else, and give it as --has later: without it nobody
    sees that rows are missing at the end, or that the whole log was written anew.
    """
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        chain = AuditLog(database).verify(must_have)
    click.echo(f"{counted(chain.rows, 'row')}, all whole; newest hash {chain.newest_hash}")


def _line(row: AuditRow) -> str:
    states = [state for state in (row.before, row.after) if state]
    change = " -> ".join(_differences(*states) if len(states) > 1 else states)
    fields = (str(row.number), row.at.isoformat(), row.actor, row.action, row.subject, change)
    return "  ".join(fields).rstrip()


def _differences(before: str, after: str) -> list[str]:
    """Two states as JSON, without what is the same in both."""
    old, new = json.loads(before), json.loads(after)
    same = {key for key, value in old.items() if key in new and new[key] == value}
    return [
        json.dumps({key: state[key] for key in state if key not in same}, ensure_ascii=False)
        for state in (old, new)
    ]


def _as_json(row: AuditRow) -> dict[str, object]:
    return {
        "number": row.number,
        "at": row.at.isoformat(),
        "who": row.actor,
        "what": row.action,
        "on": row.subject,
        "before": row.before and json.loads(row.before),
        "after": row.after and json.loads(row.after),
        "hash": row.hash,
    }
