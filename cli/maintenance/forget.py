"""`parley forget`: erase what is kept of a reader."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click
from redis.exceptions import RedisError

from cli.context import open_checked_database
from cli.local.private_redis import running_redis
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.accounts.email_addresses import InvalidEmailAddress, email_address
from moderation.clock import utc_now
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.notifications.reader_mails import address_hash
from moderation.notifications.wording import counted
from moderation.redis_clients import web_redis
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
_IN_REDIS = (
    "Redis does not answer: it counts how often the address has submitted until the limit's time is"
    " over. Run this again when it does."
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What there is to forget; `hashes` are those of an address, by e-mail others."""

    comments: Sequence[KeptComment]
    hashes: Sequence[str] = ()
    reports: int = 0
    email_hashes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Request:
    """Whose comments are meant, in one of four ways."""

    ids: Sequence[str]
    address: str | None
    name: str | None
    site: str | None
    email: str | None

    def check(self) -> None:
        """Raises click.UsageError for none of the ways, or several."""
        ways = (self.address, self.name, self.email)
        if bool(self.ids) + sum(way is not None for way in ways) != 1:
            sentence = "give the ids of comments, or --address, or --email, or --name with --site"
            raise click.UsageError(sentence)
        if (self.name is None) != (self.site is None):
            sentence = "--name and --site go together: elsewhere the name may be another's"
            raise click.UsageError(sentence)


@click.command(epilog="Example: parley forget --name 'Ada Lovelace' --site my-paper")
@click.argument("ids", metavar="[COMMENT]...", nargs=-1)
@click.option("--address", help="Forget all from this IP address, as far back as it is known.")
@click.option("--email", help="Forget this e-mail address, and the comments it was confirmed for.")
@click.option("--name", help="Forget all comments under exactly this name; needs --site.")
@click.option("--site", help="The site's name, for --name.")
@click.option("--yes", is_flag=True, help="Do it. Without it nothing is changed.")
def forget(*, yes: bool, **asked: Any) -> None:
    """Erase comments for good: by their ids, by an address of either kind, or by a name.

    Shows first what it would erase. Replies stay, and so does the number of decisions.
    """
    request, settings = _Request(**asked), read_settings()
    request.check()
    with open_checked_database(settings) as database, refusals_as_sentences():
        kept = _kept(database, settings, request)
        _show(kept)
        if not yes:
            click.echo("Nothing is changed yet: add --yes to erase this for good.")
        elif kept.comments or kept.hashes or kept.email_hashes:
            _forget(database, settings, kept)


def _kept(database: Database, settings: Settings, request: _Request) -> _Kept:
    kept = KeptOfReader(database)
    if request.name is not None and request.site is not None:
        site = Sites(database, utc_now).get(request.site)
        return _Kept(kept.by_name(request.name, site.name))
    if request.email is not None:
        address, secret = _email_address(request.email), server_secret(settings)
        sites = Sites(database, utc_now).all()
        by_site = [address_hash(secret, site.id, address) for site in sites]
        return _Kept(kept.by_email(by_site), email_hashes=by_site)
    if request.address is None:
        return _Kept(kept.with_ids(request.ids))
    addresses = AddressHashes(server_secret(settings), AddressKeys(database))
    hashes = addresses.known_hashes(_ip_address(request.address))
    return _Kept(kept.from_addresses(hashes), hashes, kept.reports(hashes))


def _email_address(value: str) -> str:
    try:
        return email_address(value)
    except InvalidEmailAddress as error:
        sentence = f"--email must be an e-mail address: {error}"
        raise click.UsageError(sentence) from error


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


def _forget(database: Database, settings: Settings, kept: _Kept) -> None:
    ids, reader = [comment.id for comment in kept.comments], KeptOfReader(database)
    addresses = [*kept.hashes, *reader.addresses_of(ids)]
    number = Erasures(database, utc_now).by_operator(ids)
    reader.forget_reports(kept.hashes)
    reader.forget_reasons(addresses)
    reader.forget_email(kept.email_hashes)
    is_overwritten = overwrite_erased(database, _SECONDS)
    click.echo(f"erased: {number:,}")
    if not is_overwritten:
        click.echo(_LEFT, err=True)
    _forget_limits(settings, addresses)


def _forget_limits(settings: Settings, hashes: Sequence[str]) -> None:
    """Delete what Redis counts by an address: how often it has submitted."""
    url = settings.redis_url or running_redis(settings.var)
    if url is None or not hashes:
        return
    redis = web_redis(url)
    try:
        for one_hash in hashes:
            for key in redis.scan_iter(match=f"*{one_hash}*", count=1_000):
                redis.delete(key)
    except RedisError:
        click.echo(_IN_REDIS, err=True)
