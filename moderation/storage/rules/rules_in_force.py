"""The newest version of the rules of sites and of pages."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from moderation.rules.document import changes_in, rules_in
from moderation.rules.site_rules import NO_RULES, SiteRules
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.schema.rules import of_page, rule_versions

_VERSIONS = select(rule_versions.c.site_id, rule_versions.c.document)
_NEWEST_OF_SITE = _VERSIONS.where(
    rule_versions.c.id.in_(
        select(func.max(rule_versions.c.id)).where(
            ~of_page, rule_versions.c.site_id == bindparam("site_id")
        )
    )
)
_NEWEST_EACH = (
    select(func.max(rule_versions.c.id)).where(~of_page).group_by(rule_versions.c.site_id)
)
_OF_SITES = DriverStatement(_VERSIONS.where(rule_versions.c.id.in_(_NEWEST_EACH)))
_OF_SOME_SITES = DriverStatement(
    _VERSIONS.where(
        rule_versions.c.id.in_(_NEWEST_EACH.where(is_listed(rule_versions.c.site_id, "site_ids")))
    )
)
_ANY_OF_PAGES = DriverStatement(
    select(rule_versions.c.id)
    .where(of_page, is_listed(rule_versions.c.site_id, "site_ids"))
    .limit(1)
)


def rules_of_sites(
    connection: Connection, ids: Collection[int] | None = None
) -> Mapping[int, SiteRules]:
    """Return the rules by site, of each site that ever had any; `ids` says of which, if not all."""
    if ids is None:
        rows = _OF_SITES.all(connection, {})
    else:
        rows = _OF_SOME_SITES.all(connection, {"site_ids": list(ids)})
    return {row.site_id: rules_in(row.document) for row in rows}


def rules_of_site(connection: Connection, site_id: int) -> SiteRules | None:
    """Return the rules of a site; None where it never had any."""
    row = connection.execute(_NEWEST_OF_SITE, {"site_id": site_id}).first()
    return None if row is None else rules_in(row.document)


def have_rules(connection: Connection, rules: Mapping[int, SiteRules]) -> bool:
    """Whether any of the sites has rules, or had any for a page; `rules` by site."""
    if any(of_site != NO_RULES for of_site in rules.values()):
        return True
    return _ANY_OF_PAGES.first(connection, {"site_ids": list(rules)}) is not None


def changes_of_pages(
    connection: Connection, page_ids: Sequence[int]
) -> Mapping[int, Mapping[str, Any]]:
    """Return what pages change of their site's rules, by page; most change nothing."""
    newest = select(func.max(rule_versions.c.id)).where(
        of_page, rule_versions.c.page_id.in_(page_ids)
    )
    query = select(rule_versions.c.page_id, rule_versions.c.document).where(
        rule_versions.c.id.in_(newest.group_by(rule_versions.c.page_id))
    )
    rows: Sequence[Any] = connection.execute(query).all() if page_ids else ()
    return {row.page_id: changes_in(row.document) for row in rows}
