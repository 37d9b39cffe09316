"""What a page has of its own: the rules that differ from its site's."""

from collections.abc import Mapping
from typing import Any

from moderation.rules.document import as_document, changes_of, document_of
from moderation.sites import Site
from service.wiring.parts import parts


def in_force(site: Site, page: str | None) -> dict[str, Any]:
    """All rules of a site, or all that hold on one of its pages."""
    versions = parts().rule_versions
    whole = versions.in_force(site)
    return dict(whole) if page is None else {**whole, **versions.in_force(site, page)}


def own_document(site: Site, document: Mapping[str, Any]) -> dict[str, Any]:
    """What a page changes, of all rules that shall hold there; the rest follows the site.

    Raises:
        InvalidRules: The document cannot be rules.
    """
    of_site = document_of(site.rules)
    asked = as_document(changes_of(document))
    return {name: rule for name, rule in asked.items() if rule != of_site[name]}
