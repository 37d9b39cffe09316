"""Campaigns for moderators' programs: read, and each decided together."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from moderation.comments import Status
from moderation.review.search_filter import Filter
from moderation.storage.search.bulk_decisions import BulkStatus
from moderation.storage.search.campaigns import Campaign, CampaignNotFound
from service.http.body import fields_of
from service.http.formats import rfc3339
from service.http.params import parse_choice, parse_int
from service.moderation_api.credentials import moderator_of_token
from service.moderation_api.request_fields import limit_of_query, reject_reason
from service.moderators.request.params import site_filter, valid_comment_id
from service.moderators.request.repositories import repositories
from service.moderators.search.campaigns import MOST_DAYS, OTHERS
from service.problems.errors import InvalidQuery

campaigns = Blueprint("campaigns", __name__, url_prefix="/campaigns")
DECISIONS: tuple[BulkStatus, ...] = (Status.APPROVED, Status.REJECTED)


@campaigns.get("")
def overview() -> ResponseReturnValue:
    days, site, limit = _days(), site_filter(), limit_of_query()
    try:
        listed = repositories().campaigns.largest(
            days, limit + 1, site, after=request.args.get("after") or None
        )
    except CampaignNotFound as error:
        sentence = "after must be the next of an earlier answer"
        raise InvalidQuery(sentence, field="after") from error
    shown = listed.campaigns[:limit]
    return jsonify(
        whole=listed.whole,
        campaigns=[_campaign_json(campaign) for campaign in shown],
        next=shown[-1].fingerprint if len(listed.campaigns) > limit else None,
    )


@campaigns.post("/<campaign_id>/decision")
def decide(campaign_id: str) -> ResponseReturnValue:
    """Decide a campaign up to its newest comment at the time when it was read.

    Raises:
        CommentNotFound: `upto` is no comment in scope.
        InvalidFilter: No campaign can have this id.
        NotAllowed: A site's server asks, or a moderator who only looks.
    """
    moderator_id = moderator_of_token("campaigns are decided by moderators")
    fields = fields_of(request)
    status = parse_choice(fields.get("status"), DECISIONS, "status")
    alike = {"alike": campaign_id, "newer": str(_days()), "site": site_filter() or ""}
    bulk_id = repositories().bulks.decide(
        Filter.parse(alike),
        status,
        upto=valid_comment_id(str(fields.get("upto"))),
        moderator_id=moderator_id,
        reason=reject_reason(fields.get("reason"), status),
    )
    return jsonify(bulk=bulk_id, decided=repositories().bulks.get(bulk_id).decided)


def _campaign_json(campaign: Campaign) -> dict[str, object]:
    return {
        "id": campaign.fingerprint,
        "upto": campaign.newest,
        "comments": campaign.number,
        "statuses": campaign.states,
        "names": campaign.names,
        "addresses": campaign.addresses,
        "pages": campaign.pages,
        "sites": campaign.sites,
        "first_at": rfc3339(campaign.first_at),
        "last_at": rfc3339(campaign.last_at),
        "texts": campaign.texts[: 1 + OTHERS],
    }


def _days() -> int:
    return parse_int(request.args.get("days") or "1", "days", least=1, most=MOST_DAYS)
