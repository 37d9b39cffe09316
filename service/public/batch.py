"""Take many comments at once from a site's server: each has its own answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.comments import Comment, InvalidComment, Submission
from moderation.sites import Site, SiteKey
from moderation.storage.comments.insert import Refusal
from moderation.storage.comments.new_comments import Submitter
from service.http.body import JSON, MAX_LARGE_BODY, fields_of
from service.problems.errors import WrongContentType
from service.problems.status_codes import problem_of
from service.public.own_facts import server_submitter
from service.public.receipts import receipt
from service.public.site_access import submitting_site
from service.public.site_rates import limit_server
from service.public.submit import note_key
from service.reader_mail.wishes import WishedMail, subscribe, wished_mail
from service.wiring.parts import parts

batch = Blueprint("batch", __name__)
MAX_BATCH = 1_000  # comments in one request
_SERVER = Submitter(has_site_key=True)


@dataclass(frozen=True, slots=True)
class _Sent:
    """One of the comments, with the e-mail address that its reader left."""

    submission: Submission
    sender: Submitter
    wish: WishedMail | None


@batch.post("/v1/comments:batch")
def submit_batch() -> ResponseReturnValue:
    site, key = submitting_site(request)
    g.site = site
    sent = _sent_comments()
    limit_server(site, comments=len(sent))
    note_key(site, key)
    parsed = [_parsed(one, site, key) for one in sent]
    stored = iter(_stored(site, [one for one in parsed if isinstance(one, _Sent)]))
    answers = [
        _answer(next(stored), one.wish) if isinstance(one, _Sent) else _refused(one)
        for one in parsed
    ]
    response = jsonify(comments=answers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent_comments() -> list[object]:
    if request.mimetype != JSON:
        sentence = f"send Content-Type {JSON}"
        raise WrongContentType(sentence)
    request.max_content_length = MAX_LARGE_BODY
    sent = fields_of(request).get("comments")
    if isinstance(sent, list) and 1 <= len(sent) <= MAX_BATCH:
        return sent
    sentence = f"comments must be a list of 1 to {MAX_BATCH:,} objects with a page, name and text"
    raise InvalidComment(sentence, field="comments")


def _parsed(sent: object, site: Site, key: SiteKey) -> _Sent | InvalidComment:
    try:
        return _submission(sent, site, key)
    except InvalidComment as wrong:
        return wrong


def _submission(sent: object, site: Site, key: SiteKey) -> _Sent:
    if not isinstance(sent, Mapping):
        sentence = "it must be an object with a page, name and text"
        raise InvalidComment(sentence, field="text")
    if sent.get("site", site.name) != site.name:
        sentence = f"the key is of the site {site.name}: leave site out, or give this name"
        raise InvalidComment(sentence, field="site")
    submission = Submission.parse({**sent, "site": site.name})
    site.admit(submission)
    return _Sent(submission, server_submitter(sent, key), wished_mail(sent, site))


def _stored(site: Site, sent: list[_Sent]) -> list[Comment | Refusal]:
    if not sent:
        return []
    outcomes = parts().comments.add_all(site, [(one.submission, one.sender) for one in sent])
    parts().doorbell_thread.ring()
    return outcomes


def _answer(outcome: Comment | Refusal, wish: WishedMail | None) -> dict[str, object]:
    if not isinstance(outcome, Comment):
        return _refused(outcome)
    taken = receipt(outcome, _SERVER)
    if wish is not None:
        site: Site = g.site
        taken["mail"] = subscribe(outcome.id, site, wish.address, proof=None, who=site.name)
    return {"status": HTTPStatus.ACCEPTED.value, "comment": taken, "problem": None}


def _refused(refusal: Refusal) -> dict[str, object]:
    problem = problem_of(refusal)
    return {"status": problem.status.value, "comment": None, "problem": problem.as_json()}
