"""Give a form the token by which it is told from a program."""

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.comments import MAX_SITE
from service.problems.errors import InvalidQuery
from service.safeguards.time_tokens import new_time_token
from service.wiring.parts import parts

safeguards = Blueprint("safeguards", __name__)


@safeguards.get("/v1/time-token")
def time_token() -> ResponseReturnValue:
    name = request.args.get("site", "")
    if not name.strip():
        sentence = "site is missing: add site=..."
        raise InvalidQuery(sentence, field="site")
    g.site = site = parts().site_cache.get(name[: MAX_SITE + 1])
    response = jsonify(time_token=new_time_token(site.name))
    response.headers["Cache-Control"] = "no-store"
    return response
