"""`parley forget`: erase what is kept of a reader."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.notifications.wording import counted
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.database.overwriting import overwrite_erased
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.decisions.kept_of_reader import KeptComment, KeptOfReader
from moderation.storage.system.address_keys import AddressKeys
from service.wiring.address_hashing import AddressHashes

_SECONDS = 600.0  # for overwriting a large index
_LEFT = (
    "It is erased, but somebody was reading: SQLite's files may still have traces. Run this again"
    " with any comment, or restart Parley, and they are overwritten."
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What there is to forget; `hashes` are those of an address."""

    comments: Sequence[KeptComment]
    hashes: Sequence[str] = ()
    reports: int = 0


@dataclass(frozen=True, slots=True)
class _Request:
    """Whose comments are meant, in one of three ways."""

    ids: Sequence[str]
    address: str | None
    name: str | None
    site: str | None

    def check(self) -> None:
        """Raises click.UsageError for none of the ways, or several."""
        if bool(self.ids) + (self.address is not None) + (self.name is not None) != 1:
            sentence = "give the ids of comments, or --address, or --name with --site"
            raise click.UsageError(sentence)
        if (self.name is None) != (self.site is None):
            sentence = "--name and --site go together: elsewhere the name may be another's"
            raise click.UsageError(sentence)


@click.command(epilog="Example: parley forget --name 'Ada Lovelace' --site my-paper")
@click.argument("ids", metavar="[COMMENT]...", nargs=-1)
@click.option("--address", help="Forget all from this IP address, as far back as it is known.")
@click.option("--name", help="Forget all comments under exactly this name; needs --site.")
@click.option("--site", help="The site's name, for --name.")
@click.option("--yes", is_flag=True, help="Do it. Without it nothing is changed.")
def forget(*, yes: bool, **asked: Any) -> None:
    """Erase comments for good: by their ids, by an address, or by a name.

    Shows first what it would erase. Replies stay, and so does the number of decisions.
    """
    request, settings = _Request(**asked), read_settings()
    request.check()
    with open_checked_database(settings) as database, refusals_as_sentences():
        kept = _kept(database, settings, request)
        _show(kept)
        if not yes:
            click.echo("Nothing is changed yet: add --yes to erase this for good.")
        elif kept.comments or kept.hashes:
            _forget(database, kept)


def _kept(database: Database, settings: Settings, request: _Request) -> _Kept:
    kept = KeptOfReader(database)
    if request.name is not None and request.site is not None:
        site = Sites(database, utc_now).get(request.site)
        return _Kept(kept.by_name(request.name, site.name))
    if request.address is None:
        return _Kept(kept.with_ids(request.ids))
    addresses = AddressHashes(server_secret(settings), AddressKeys(database))
    hashes = addresses.known_hashes(_ip_address(request.address))
    return _Kept(kept.from_addresses(hashes), hashes, kept.reports(hashes))


def _ip_address(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value.strip()))
    except ValueError as error:
        sentence = "--address must be an IP address, as 203.0.113.7 or 2001:db8::1"
        raise click.UsageError(sentence) from error


def _show(kept: _Kept) -> None:
    for comment in kept.comments:
        at = comment.submitted_at.strftime("%Y-%m-%d %H:%M")
        click.echo(f"{comment.id}  {at}  {comment.status}  {comment.site}  {comment.page}")
    comments = counted(len(kept.comments), "comment")
    reports = counted(kept.reports, "report")
    click.echo(f"{comments} and {reports}" if kept.hashes else comments)


def _forget(database: Database, kept: _Kept) -> None:
    number = Erasures(database, utc_now).by_operator([comment.id for comment in kept.comments])
    if kept.hashes:
        KeptOfReader(database).forget_address(kept.hashes)
    is_overwritten = overwrite_erased(database, _SECONDS)
    click.echo(f"erased: {number:,}")
    if not is_overwritten:
        click.echo(_LEFT, err=True)
