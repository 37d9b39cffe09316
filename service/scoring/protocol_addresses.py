"""Which protocol an address belongs to, also where no such address or method is served."""

import re

from flask import current_app, request

_ENDPOINTS = {
    # Of a blueprint, with any address of it; each answers errors in the form of its protocol.
    "perspective.analyze": re.compile(r"(/.*)?/(comments:(?!batch)\w+|\$discovery/\w+)/*"),
    "akismet.verify-key": re.compile(r"(/akismet(/[^/]*)?)?/1\.\d+(/.*)?"),
    "openai_moderations.moderate": re.compile(r"/v1/moderations/*"),
}
# Nothing of an address is looked for in the database by these, but the hash of a key.
TAKE_ANY_TEXT = frozenset(endpoint.partition(".")[0] for endpoint in _ENDPOINTS)


def answer_as_asked() -> None:
    """Before every request: have a wrong address or method refused in its protocol's own form.

    Flask asks the blueprint of the request's rule to answer errors, and there is no rule then.
    """
    if request.routing_exception is None:
        return
    for endpoint, addresses in _ENDPOINTS.items():
        if addresses.fullmatch(request.path):
            request.url_rule = next(current_app.url_map.iter_rules(endpoint))
            return
