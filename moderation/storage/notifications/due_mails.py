"""What a mail to a reader says: read when it is sent, so that it is true then."""

from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Row, Select, select

from moderation.comments import SETTLED, Status
from moderation.notifications.reader_mails import MailKind, MailLink, ReaderMail
from moderation.pages.page_claims import PageClaim, proven_address
from moderation.storage.decisions.reasons import reason_for_author
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.sites import pages, sites
from moderation.storage.schema.subscriptions import mail_addresses, reader_mails, subscriptions

_about = comments.alias("about")
SELECT_DUE: Select[Any] = (
    select(
        reader_mails.c.id.label("number"),
        reader_mails.c.kind,
        reader_mails.c.state,
        reader_mails.c.attempts,
        reader_mails.c.comment_id,
        subscriptions.c.address_id,
        subscriptions.c.language,
        subscriptions.c.confirmed_at,
        subscriptions.c.told_status,
        mail_addresses.c.address,
        mail_addresses.c.address_hash,
        comments.c.public_id,
        comments.c.status,
        _about.c.public_id.label("about"),
        _about.c.status.label("about_status"),
        _about.c.name,
        sites.c.name.label("site"),
        sites.c.title.label("site_title"),
        sites.c.origins,
        sites.c.reader_mail,
        pages.c.key,
        pages.c.url,
        pages.c.title,
        decisions.c.actor,
        decisions.c.reasons,
    )
    .select_from(reader_mails)
    .outerjoin(subscriptions, subscriptions.c.comment_id == reader_mails.c.comment_id)
    .outerjoin(mail_addresses, mail_addresses.c.id == subscriptions.c.address_id)
    .join(comments, comments.c.id == reader_mails.c.comment_id)
    .join(_about, _about.c.id == reader_mails.c.about_id)
    .join(sites, sites.c.id == comments.c.site_id)
    .join(pages, pages.c.id == comments.c.page_id)
    .outerjoin(
        decisions,
        (decisions.c.comment_id == comments.c.id) & (decisions.c.version == comments.c.version),
    )
)


def is_out_of_date(row: Row[Any]) -> bool:
    """Whether a mail would say what is not true any more, or nobody wants to hear."""
    if row.address is None or not row.reader_mail:
        return True
    if row.kind == MailKind.CONFIRM:
        return row.confirmed_at is not None or row.status == Status.ERASED
    if row.confirmed_at is None:
        return True
    if row.kind == MailKind.REPLY:
        return bool(row.about_status != Status.APPROVED)
    return row.status not in SETTLED or row.status == row.told_status


def to_mail(row: Row[Any], public_url: str, *, more: int = 0) -> ReaderMail:
    """What the mail of a row says."""
    return ReaderMail(
        number=row.number,
        kind=MailKind(row.kind),
        address=row.address,
        language=row.language,
        link=MailLink(row.address_id, row.address_hash, row.public_id),
        site=row.site_title,
        page=row.title or row.key,
        url=_url(row, public_url),
        status=Status(row.status),
        reason=reason_for_author(row.actor, row.status, row.reasons),
        name=row.name,
        more=more,
    )


def _url(row: Row[Any], public_url: str) -> str:
    """Where the comment is to be seen: on its article, else on Parley's own page of it."""
    article = row.url or proven_address(tuple(row.origins), PageClaim(row.key))
    if article is not None:
        return f"{article}#parley-{row.about}"
    query = urlencode({"site": row.site, "page": row.key, "at": row.about})
    return f"{public_url}/thread?{query}#parley-{row.about}"
