"""The addresses of Akismet's API, at the root, under /akismet and under /akismet/KEY."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from moderation.labels import Label, LabelSource
from service.scoring.akismet import reports
from service.scoring.akismet.answers import THANKS, answer, answer_errors
from service.scoring.akismet.parameters import (
    AkismetComment,
    blog_of,
    comment_of,
    fields_of_form,
)
from service.scoring.akismet.senders import Sender, sender_of
from service.scoring.akismet.usage import Use, connect_usage, usage_counts
from service.scoring.akismet.verdicts import Verdict, verdict_on
from service.wiring.parts import parts

akismet = Blueprint("akismet", __name__)
answer_errors(akismet)
akismet.record(connect_usage)
_PREFIXES = ("", "/akismet", "/akismet/<key>")


def verify_key(key: str | None = None) -> Response:
    fields = fields_of_form(request.get_data())
    sender_of(fields, key)
    blog_of(fields)
    return answer("valid")


def check_comment(key: str | None = None) -> Response:
    sender, comment = _asked(key)
    verdict = _verdict(sender, comment)
    _count(sender, comment, Use.SPAM if verdict.is_spam else Use.HAM)
    tip = {"pro_tip": "discard"} if verdict.is_worthless else {}
    return answer("true" if verdict.is_spam else "false", **tip)


def submit_spam(key: str | None = None) -> Response:
    sender, comment = _asked(key)
    _learn(sender, comment, {"spam": 1.0})
    _count(sender, comment, Use.MISSED_SPAM)
    return answer(THANKS)


def submit_ham(key: str | None = None) -> Response:
    sender, comment = _asked(key)
    is_no_abuse = {"toxicity": 0.0} if sender.site.policy.abuse_is_spam else {}
    _learn(sender, comment, {"spam": 0.0, **is_no_abuse})
    _count(sender, comment, Use.FALSE_POSITIVES)
    return answer(THANKS)


def say_connected(key: str | None = None) -> Response:
    """What WordPress asks to know whether it can be reached; it sends no key."""
    return answer("connected")


def _asked(key: str | None) -> tuple[Sender, AkismetComment]:
    fields = fields_of_form(request.get_data())
    return sender_of(fields, key), comment_of(fields)


def _verdict(sender: Sender, comment: AkismetComment) -> Verdict:
    if comment.fixed_answer is not None:
        return Verdict(comment.fixed_answer)
    return verdict_on(comment, sender.site)


def _learn(sender: Sender, comment: AkismetComment, values: dict[str, float]) -> None:
    """Keep what a person said of the text, unless they only try it out."""
    if comment.text and not comment.is_test:
        labels = [
            Label(comment.text, attribute, value, LabelSource.AKISMET)
            for attribute, value in values.items()
        ]
        parts().labels.add(sender.site, labels)


def _count(sender: Sender, comment: AkismetComment, use: Use) -> None:
    usage_counts().note(sender.key_hash, comment.blog, use, parts().clock())


def _add(version: str, name: str, view: Callable[..., Response], method: str) -> None:
    for prefix in _PREFIXES:
        address = f"{prefix}/{version}/{name}"
        akismet.add_url_rule(address, view_func=view, methods=[method], endpoint=name)


_add("1.1", "test", say_connected, "GET")
_add("1.1", "verify-key", verify_key, "POST")
_add("1.1", "comment-check", check_comment, "POST")
_add("1.1", "submit-spam", submit_spam, "POST")
_add("1.1", "submit-ham", submit_ham, "POST")
_add("1.1", "get-subscription", reports.show_subscription, "POST")
_add("1.1", "get-stats", reports.show_totals, "POST")
_add("1.2", "key-sites", reports.show_sites, "GET")
_add("1.2", "usage-limit", reports.show_limit, "GET")
