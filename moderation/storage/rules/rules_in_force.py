"""The newest version of the rules of sites and of pages."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from moderation.rules.document import changes_in, rules_in
from moderation.rules.site_rules import NO_RULES, SiteRules
from moderation.storage.schema.rules import of_page, rule_versions

_VERSIONS = select(rule_versions.c.site_id, rule_versions.c.document)
_NEWEST_OF_SITE = _VERSIONS.where(
    rule_versions.c.id.in_(
        select(func.max(rule_versions.c.id)).where(
            ~of_page, rule_versions.c.site_id == bindparam("site_id")
        )
    )
)
_ANY_OF_PAGES = (
    select(rule_versions.c.id)
    .where(of_page, rule_versions.c.site_id.in_(bindparam("site_ids", expanding=True)))
    .limit(1)
)


def rules_of_sites(
    connection: Connection, ids: Collection[int] | None = None
) -> Mapping[int, SiteRules]:
    """Return the rules by site, of each site that ever had any; `ids` says of which, if not all."""
    newest = select(func.max(rule_versions.c.id)).where(~of_page)
    if ids is not None:
        newest = newest.where(rule_versions.c.site_id.in_(ids))
    query = _VERSIONS.where(rule_versions.c.id.in_(newest.group_by(rule_versions.c.site_id)))
    return {row.site_id: rules_in(row.document) for row in connection.execute(query)}


def rules_of_site(connection: Connection, site_id: int) -> SiteRules | None:
    """Return the rules of a site; None where it never had any."""
    row = connection.execute(_NEWEST_OF_SITE, {"site_id": site_id}).first()
    return None if row is None else rules_in(row.document)


def have_rules(connection: Connection, rules: Mapping[int, SiteRules]) -> bool:
    """Whether any of the sites has rules, or had any for a page; `rules` by site."""
    if any(of_site != NO_RULES for of_site in rules.values()):
        return True
    return connection.execute(_ANY_OF_PAGES, {"site_ids": list(rules)}).first() is not None


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
