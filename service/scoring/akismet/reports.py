"""What a key was used for, as Akismet's programs ask for it."""

import re
from datetime import datetime

from flask import Response, jsonify, request

from service.http.formats import csv_text
from service.scoring.akismet.answers import answer
from service.scoring.akismet.parameters import MissingParameter, fields_of_form
from service.scoring.akismet.senders import sender_of
from service.scoring.akismet.usage import Usage, usage_counts
from service.wiring.parts import parts

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_ORDERS = {"total": "calls"} | {name: name for name in Usage.__slots__}
_MOST = 500
_HEAD = ("Site", "Total API Calls", "Spam", "Ham", "Missed Spam", "False Positives", "Is Revoked")


def show_sites(key: str | None = None) -> Response:
    """The websites that a key was used for in a month, page by page."""
    sender, month = sender_of(request.args, key), _month()
    limit, offset = _number("limit", _MOST, least=1), _number("offset", 10**6, default=0)
    usage = usage_counts().of_month(sender.key_hash, month)
    order = _ORDERS.get(request.args.get("order") or "total")
    if order is None:
        raise _wrong(order="one of " + ", ".join(_ORDERS))
    part = request.args.get("filter", "")
    rows = [(blog, usage[blog]) for blog in sorted(usage) if part in blog]
    rows.sort(key=lambda row: -getattr(row[1], order))
    page = rows[offset : offset + limit]
    if request.args.get("format") == "csv":
        total = f"(limit:{limit}, offset: {offset}, total: {len(rows)})"
        title = f"Active sites for {sender.site.name} during {month} {total}\n"
        return answer(title + csv_text([_HEAD, *(_row(*row).values() for row in page)]))
    counts = {"limit": limit, "offset": offset, "total": len(rows)}
    return jsonify({month: [_row(*row) for row in page], **counts})


def show_limit(key: str | None = None) -> Response:
    """No key has a limit by the month; its limit by the minute answers for itself."""
    sender = sender_of(request.args, key)
    usage = usage_counts().of_month(sender.key_hash, f"{parts().clock():%Y-%m}")
    calls = sum(counts.calls for counts in usage.values())
    return jsonify(limit="none", usage=calls, percentage="0.00", throttled=False)


def show_subscription(key: str | None = None) -> Response:
    """What WordPress shows of the key's account."""
    site = sender_of(fields_of_form(request.get_data()), key).site
    account = {"account_id": site.id, "account_name": site.title, "account_type": "parley"}
    return jsonify(**account, status="active", next_billing_date=False, limit_reached=None)


def show_totals(key: str | None = None) -> Response:
    """What WordPress shows of the months behind."""
    fields = fields_of_form(request.get_data())
    sender, months = sender_of(fields, key), 6 if fields.get("from") == "6-months" else 13
    total = Usage()
    for month in _months(parts().clock(), months):
        for counts in usage_counts().of_month(sender.key_hash, month).values():
            total = total + counts
    wrong, checks = total.missed_spam + total.false_positives, total.spam + total.ham
    accuracy = round(100 * max(0, checks - wrong) / checks, 2) if checks else 100
    return jsonify(
        spam=total.spam,
        ham=total.ham,
        missed_spam=total.missed_spam,
        false_positives=total.false_positives,
        accuracy=accuracy,
    )


def _row(blog: str, usage: Usage) -> dict[str, object]:
    counts = {name: getattr(usage, name) for name in Usage.__slots__}
    return {"site": blog, "api_calls": usage.calls, **counts, "is_revoked": False}


def _months(now: datetime, number: int) -> list[str]:
    """The last months, this one first, as 2026-01."""
    last = now.year * 12 + now.month - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(last, last - number, -1)]


def _month() -> str:
    month = request.args.get("month") or f"{parts().clock():%Y-%m}"
    if not _MONTH.fullmatch(month):
        raise _wrong(month="YYYY-MM")
    return month


def _number(name: str, most: int, *, least: int = 0, default: int | None = None) -> int:
    text = request.args.get(name) or str(most if default is None else default)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise _wrong(**{name: f"a whole number from {least} to {most}"})
    return int(text)


def _wrong(**right: str) -> MissingParameter:
    """What would be right for one parameter."""
    ((name, value),) = right.items()
    return MissingParameter(f'Invalid "{name}" value: send {value}')
