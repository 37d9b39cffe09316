"""The options of `parley site set` that are safeguards."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from moderation.choices.safeguards import MAX_DAYS, MAX_REPORTS, Safeguards
from moderation.notifications.wording import counted
from moderation.site_fields import NO_LIMIT, site_rate

_OFF = "off"


class _CountOrOff(click.ParamType[int | str]):
    name = "number|off"

    def __init__(self, most: int) -> None:
        self._most = most

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        if value == _OFF:
            return _OFF
        if not (str(value).isascii() and str(value).isdigit() and 1 <= int(value) <= self._most):
            self.fail(f"it must be a number from 1 to {self._most:,}, or off", param, ctx)
        return int(value)


SAFEGUARD_OPTIONS = (
    click.option("--honeypot/--no-honeypot", default=None, help="Hold who fills a hidden field."),
    click.option("--time-token/--no-time-token", default=None, help="Hold a wrong time token."),
    click.option(
        "--require-token/--no-require-token",
        "token_required",
        default=None,
        help="Hold what has no time token: not for forms without script.",
    ),
    click.option("--page-limit", help="Of all readers of a page: '30 per minute', `off`."),
    click.option("--site-limit", help="Of all readers of the site: the same."),
    click.option(
        "--hold-reports", type=_CountOrOff(MAX_REPORTS), help="Hold at so many reports; `off`."
    ),
    click.option(
        "--purge-rejected",
        "purge_days",
        type=_CountOrOff(MAX_DAYS),
        help="Erase rejected texts after so many days; `off`.",
    ),
)


def changed_safeguards(current: Safeguards, options: Mapping[str, Any]) -> Safeguards:
    """Those with what is given; raises InvalidSite."""
    names = ("honeypot", "time_token", "token_required", "hold_reports", "purge_days")
    given = {name: options[name] for name in names if options[name] is not None}
    for name in ("page_limit", "site_limit"):
        if options[name] is not None:
            given[name] = without_off(site_rate(options[name]))
    return replace(current, **{name: without_off(value) for name, value in given.items()})


def without_off(value: Any) -> Any:
    """The value; None for `off`."""
    return None if value in (_OFF, NO_LIMIT) else value


def safeguard_lines(safeguards: Safeguards) -> list[str]:
    """Those of a site as people read them."""
    held = {
        "a hidden field that is filled in": safeguards.honeypot,
        "a wrong time token": safeguards.time_token,
        "no time token": safeguards.time_token and safeguards.token_required,
    }
    reports, days = safeguards.hold_reports, safeguards.purge_days
    return [
        f"  held for         {', '.join(name for name in held if held[name]) or 'nothing'}",
        f"  of one page      {_rate(safeguards.page_limit)}",
        f"  of all readers   {_rate(safeguards.site_limit)}",
        f"  reports          {'hold nothing' if reports is None else f'hold from {reports}'}",
        f"  rejected texts   {'stay' if days is None else 'erased after ' + counted(days, 'day')}",
    ]


def _rate(rate: str | None) -> str:
    return "any number of comments" if rate is None else f"at most {rate}"
