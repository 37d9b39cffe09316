"""The OpenAPI description of what programs ask that were written for Akismet."""

from service.http.body import FORM, JSON
from service.openapi.elements import Element, answer_object, parameter, ref, request_object, string
from service.scoring.akismet.answers import THANKS

_TEXT = "text/plain"
_PROBLEMS = {
    408: "The body did not come in time: the connection is closed",
    413: "The body is too large: this is no verdict",
    429: "The key asked too much: Retry-After says for how many seconds",
    503: "Nothing can be said now: this is no verdict",
}
_ANYWHERE = (
    "Also under `/akismet`, and under `/akismet/KEY`. The key is in the address, in `api_key` or in"
    " front of the host's name. `X-akismet-debug-help` says why an answer is `invalid`."
)
_COUNT: Element = {"type": "integer", "minimum": 0}
_USAGE = answer_object(
    {
        "site": string("address of the website, as programs gave it"),
        "api_calls": _COUNT,
        "spam": _COUNT,
        "ham": _COUNT,
        "missed_spam": _COUNT,
        "false_positives": _COUNT,
        "is_revoked": {"type": "boolean"},
    }
)
_KEY = {"api_key": string("a key of the site, unless it is elsewhere"), "key": string("the same")}
_BLOG = {"blog": string("address of the website")}
_SENT = {
    **_BLOG,
    "user_ip": string("the author's address; it decides nothing"),
    "comment_content": string("text or HTML"),
    "comment_author": string("the author's name"),
    "comment_author_email": string("decides nothing, but for the address to try it out with"),
    "user_role": string("administrator: never spam"),
    "is_test": string("true or 1: nothing is learned"),
    "honeypot_field_name": string("a field that no person fills in"),
    "blog_charset": string("of the form, if it is not UTF-8"),
    **_KEY,
}
_NEEDED = ("blog", "user_ip")

SCHEMAS: dict[str, Element] = {
    "AkismetKey": request_object({**_KEY, **_BLOG}, optional=("api_key", "key")),
    "AkismetComment": request_object(
        _SENT, optional=tuple(name for name in _SENT if name not in _NEEDED)
    ),
    "AkismetAccount": request_object(
        {**_KEY, "from": string("6-months, or all of the last 13")}, optional=("api_key", "from")
    ),
    "AkismetWebsites": {
        "type": "object",
        "properties": {"limit": _COUNT, "offset": _COUNT, "total": _COUNT},
        "patternProperties": {r"^\d{4}-\d\d$": {"type": "array", "items": _USAGE}},
        "required": ["limit", "offset", "total"],
        "additionalProperties": False,
    },
    "AkismetUsage": answer_object(
        {
            "limit": {"type": "string", "enum": ["none"]},
            "usage": _COUNT,
            "percentage": string("of the limit"),
            "throttled": {"type": "boolean"},
        }
    ),
    "AkismetSubscription": answer_object(
        {
            "account_id": _COUNT,
            "account_name": string("the site's title"),
            "account_type": string("parley"),
            "status": string("active"),
            "next_billing_date": {"type": "boolean"},
            "limit_reached": {"type": "null"},
        }
    ),
    "AkismetTotals": answer_object(
        {
            **dict.fromkeys(("spam", "ham", "missed_spam", "false_positives"), _COUNT),
            "accuracy": {"type": "number", "minimum": 0, "maximum": 100},
        }
    ),
}


def _words(*words: str) -> Element:
    return {_TEXT: {"schema": {"type": "string", "enum": list(words)}}}


def _operation(summary: str, when: str, content: Element, **more: object) -> Element:
    text = {_TEXT: {"schema": {"type": "string"}}}
    problems = {
        str(status): {"description": description, "content": text}
        for status, description in _PROBLEMS.items()
    }
    return {
        "summary": summary,
        "description": _ANYWHERE,
        "responses": {"200": {"description": when, "content": content}} | problems,
        **more,
    }


def _form(name: str) -> Element:
    return {"required": True, "content": {FORM: {"schema": ref(name)}}}


def _read(summary: str, name: str, *parameters: str) -> Element:
    """A question of a GET, answered by an object."""
    content = {JSON: {"schema": ref(name)}, _TEXT: {"schema": {"type": "string"}}}
    asked = [parameter("query", field, "as Akismet has it") for field in ("api_key", *parameters)]
    return {"get": _operation(summary, "Counts, or `invalid`", content, parameters=asked)}


def _posted(summary: str, when: str, form: str, content: Element) -> Element:
    return {"post": _operation(summary, when, content, requestBody=_form(form))}


def _account(summary: str, name: str) -> Element:
    content = {JSON: {"schema": ref(name)}, **_words("invalid")}
    return _posted(summary, "For WordPress", "AkismetAccount", content)


_LEARNED = _words(THANKS, "invalid")
PATHS: dict[str, Element] = {
    "/1.1/verify-key": _posted(
        "Ask whether a key may be used", "Whether", "AkismetKey", _words("valid", "invalid")
    ),
    "/1.1/comment-check": _posted(
        "Ask whether a comment is spam",
        "true: spam. X-akismet-pro-tip discard: the site rejects such unseen",
        "AkismetComment",
        _words("true", "false", "invalid"),
    ),
    "/1.1/submit-spam": _posted("Say that it was spam", "A label", "AkismetComment", _LEARNED),
    "/1.1/submit-ham": _posted("Say that it was none", "A label", "AkismetComment", _LEARNED),
    "/1.1/test": {"get": _operation("Ask whether it can be reached", "Yes", _words("connected"))},
    "/1.1/get-subscription": _account("Read the key's account", "AkismetSubscription"),
    "/1.1/get-stats": _account("Read the counts of the months behind", "AkismetTotals"),
    "/1.2/key-sites": _read(
        "Read what websites used a key for",
        "AkismetWebsites",
        *("month", "filter", "format", "order", "limit", "offset"),
    ),
    "/1.2/usage-limit": _read("Read the use of the month", "AkismetUsage"),
}
