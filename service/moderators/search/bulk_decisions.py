"""Decide all comments that a filter finds: dry run, decision, and undo."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.review.erase_reasons import EraseReason
from moderation.review.error_estimate import PastDecisions
from moderation.review.notes import RejectReason
from moderation.review.search_filter import Filter
from moderation.storage.search.bulk_decisions import MAX, BulkStatus
from moderation.storage.search.bulk_records import Bulk
from service.http.params import parse_choice
from service.moderators.display.filter_text import error_in_words, filter_in_words
from service.moderators.request.access import require_moderator
from service.moderators.request.params import (
    chosen_comments,
    erase_reason,
    reject_reason,
    valid_comment_id,
)
from service.moderators.request.repositories import repositories
from service.wiring.parts import parts

bulk = Blueprint("bulk", __name__)
bulk.before_request(require_moderator)
_DECISIONS: tuple[BulkStatus, ...] = (Status.APPROVED, Status.REJECTED, Status.ERASED)
_LATEST = 50


@bulk.get("/bulk")
def dry_run() -> ResponseReturnValue:
    search_filter, status = Filter.parse(request.args), _new_status(request.args.get("to"))
    return render_template(
        "moderators/bulk_preview.html",
        run=repositories().bulks.dry_run(search_filter, status),
        fields=search_filter.as_fields(),
        to=status,
        meaning=filter_in_words(search_filter),
        error=_expected_error(search_filter, status),
        most=MAX,
        sites=repositories().sites,
        now=parts().clock(),
    )


@bulk.post("/bulk")
def decide() -> ResponseReturnValue:
    search_filter, status = Filter.parse(request.form), _new_status(request.form.get("to"))
    upto = valid_comment_id(request.form.get("upto", ""))
    reason = _reason(status)
    bulk_id = repositories().bulks.decide(
        search_filter, status, upto=upto, moderator_id=g.moderator.id, reason=reason
    )
    return redirect(url_for("moderate.bulk.details", bulk_id=bulk_id), HTTPStatus.SEE_OTHER)


@bulk.post("/bulk/chosen")
def decide_chosen() -> ResponseReturnValue:
    """Decide the cards that were checked in the queue."""
    status = _new_status(request.form.get("to"))
    reason = _reason(status)
    bulk_id = repositories().bulks.decide_chosen(
        chosen_comments(), status, moderator_id=g.moderator.id, reason=reason
    )
    return redirect(url_for("moderate.bulk.details", bulk_id=bulk_id), HTTPStatus.SEE_OTHER)


@bulk.get("/bulks")
def overview() -> ResponseReturnValue:
    return _bulks_page(repositories().bulks.latest(_LATEST))


@bulk.get("/bulks/<bulk_id>")
def details(bulk_id: str) -> ResponseReturnValue:
    return _bulks_page([repositories().bulks.get(valid_comment_id(bulk_id))], is_one=True)


@bulk.post("/bulks/<bulk_id>/undo")
def undo(bulk_id: str) -> ResponseReturnValue:
    repositories().bulks.undo(valid_comment_id(bulk_id), moderator_id=g.moderator.id)
    return redirect(url_for("moderate.bulk.details", bulk_id=bulk_id), HTTPStatus.SEE_OTHER)


def _bulks_page(bulks: Sequence[Bulk], *, is_one: bool = False) -> str:
    return render_template(
        "moderators/bulk_history.html",
        bulks=bulks,
        is_one=is_one,
        in_words=filter_in_words,
        now=parts().clock(),
    )


def _new_status(value: str | None) -> BulkStatus:
    return parse_choice(value, _DECISIONS, "to")


def _reason(status: Status) -> RejectReason | EraseReason | None:
    if status is Status.ERASED:
        return erase_reason()
    return reject_reason() if status is Status.REJECTED else None


def _expected_error(search_filter: Filter, status: Status) -> str | None:
    """How often the decision would be wrong, where the filter limits a score."""
    if search_filter.attribute is None or status is Status.ERASED:
        return None
    past: PastDecisions = repositories().score_histogram.past(
        search_filter.attribute, search_filter.low, search_filter.high, search_filter.site
    )
    return error_in_words(past, status)
