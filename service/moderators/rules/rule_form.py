"""The form of a site's rules: what a document says as typed texts, and back."""

from collections.abc import Mapping
from typing import Any

from moderation.rules.rule_fields import InvalidRules
from service.http.params import form_value

_CLOSED = {"": None, "yes": True, "no": False}


def sent_document() -> dict[str, Any]:
    """The document that a form was filled in for; raises InvalidRules for no number."""
    hours = {name: form_value(name).strip() for name in ("zone", "begin", "end")}
    return {
        "publish": form_value("publish"),
        "first_comments": _number("first_comments") or 0,
        "banned_words": {"words": _lines("banned_words"), "action": form_value("banned_action")},
        "links": {
            "most": _number("most_links"),
            "action": form_value("links_action"),
            "allowed": _lines("allowed_domains"),
            "banned": _lines("banned_domains"),
        },
        "repeats": _number("repeats"),
        "quiet_hours": hours if hours["begin"] or hours["end"] else None,
        "closing": {
            "after_days": _number("after_days"),
            "closed": _CLOSED.get(form_value("closed")),
        },
    }


def typed(document: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the fields for a document."""
    links, closing = document["links"], document["closing"]
    return {
        **document,
        **(document["quiet_hours"] or {"zone": "", "begin": "", "end": ""}),
        "banned_words": "\n".join(document["banned_words"]["words"]),
        "banned_action": document["banned_words"]["action"],
        "most_links": links["most"],
        "links_action": links["action"],
        "allowed_domains": "\n".join(links["allowed"]),
        "banned_domains": "\n".join(links["banned"]),
        "after_days": closing["after_days"],
        "closed": {None: "", True: "yes", False: "no"}[closing["closed"]],
    }


def _lines(name: str) -> list[str]:
    return [line.strip() for line in form_value(name).splitlines() if line.strip()]


def _number(name: str) -> int | None:
    value = form_value(name).strip()
    if value and not (value.isascii() and value.isdigit() and len(value) < 10):
        raise InvalidRules(name, "must be a whole number, or empty")
    return int(value) if value else None
