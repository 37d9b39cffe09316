"""The one place that chooses status codes."""

from http import HTTPStatus

from moderation.accounts.email_addresses import InvalidEmailAddress
from moderation.accounts.moderators import (
    AlreadyActive,
    InvalidModerator,
    LastAdmin,
    ModeratorExists,
    ModeratorNotFound,
    NotAllowed,
    ProviderRefused,
    SecondFactorRequired,
    SignedOut,
    SignInLinkExpired,
    UnknownIdentity,
    WrongCode,
    WrongPassword,
    WrongToken,
)
from moderation.accounts.passwords import InvalidPassword
from moderation.choices.site_languages import InvalidLanguages
from moderation.choices.suspect_words import InvalidSuspectWords
from moderation.comments import (
    MAX_ENCODED,
    CommentNotFound,
    DecisionConflict,
    IdempotencyConflict,
    InvalidComment,
)
from moderation.limits.concurrency_limit import TooBusy
from moderation.notifications.allowed_targets import NotReachable
from moderation.notifications.digest_confirmation import ConfirmationNotFound
from moderation.notifications.digests import DigestNotFound
from moderation.notifications.feeds import FeedNotFound
from moderation.notifications.reader_mails import SubscriptionNotFound
from moderation.notifications.webhooks import InvalidWebhook, WebhookNotFound
from moderation.own_comments.appeals import AppealRefused
from moderation.own_comments.edits import EditRefused
from moderation.pages.reading_place import PinRefused
from moderation.policy import InvalidThreshold
from moderation.review.notes import CardLeaseLost, InvalidNote
from moderation.review.search_filter import InvalidFilter
from moderation.rules.closing import PageClosed
from moderation.rules.rule_fields import InvalidRules
from moderation.sanctions import InvalidSanction, SanctionNotFound
from moderation.site_fields import InvalidSite
from moderation.sites import SiteExists, SiteKeyExists, SiteKeyNotFound, SiteNotFound
from moderation.storage.database.driver_errors import CommitUnconfirmed
from moderation.storage.database.engine import DatabaseUnavailable
from moderation.storage.review.article_threads import PageNotFound
from moderation.storage.review.audit_samples import AlreadyReviewed
from moderation.storage.search.bulk_records import BulkNotFound
from moderation.storage.sites.rule_versions import NoFormerRules
from service.problems.errors import (
    BodyTooSlow,
    ForeignForm,
    InvalidQuery,
    InvalidQuestion,
    KeyMissing,
    KeyRefused,
    LengthMissing,
    MalformedBody,
    ModelMissing,
    MonitoringRefused,
    NotProven,
    ProviderUnavailable,
    RateLimitExceeded,
    UnreadableAddress,
    Unscored,
    WrongAuthorToken,
    WrongContentType,
    WrongKey,
    WrongOrigin,
    WrongSignature,
)
from service.problems.problem_details import Problem

_RETRY_SECONDS = 5

# Errors whose own text is the detail, with status and type. No text echoes what was sent.
_TYPE_BY_ERROR: dict[type[Exception], tuple[HTTPStatus, str]] = {
    InvalidComment: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    InvalidFilter: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    InvalidRules: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    NoFormerRules: (HTTPStatus.CONFLICT, "no-former-rules"),
    InvalidQuery: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    AppealRefused: (HTTPStatus.CONFLICT, "not-appealable"),
    PinRefused: (HTTPStatus.CONFLICT, "not-pinnable"),
    EditRefused: (HTTPStatus.CONFLICT, "not-editable"),
    IdempotencyConflict: (HTTPStatus.CONFLICT, "idempotency-conflict"),
    DecisionConflict: (HTTPStatus.CONFLICT, "decided-already"),
    CardLeaseLost: (HTTPStatus.CONFLICT, "hold-lost"),
    InvalidNote: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    InvalidSanction: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-field"),
    AlreadyReviewed: (HTTPStatus.CONFLICT, "decided-already"),
    InvalidPassword: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-password"),
    InvalidModerator: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-moderator"),
    InvalidEmailAddress: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-address"),
    InvalidWebhook: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-webhook"),
    NotReachable: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-webhook"),
    ModeratorExists: (HTTPStatus.CONFLICT, "moderator-exists"),
    InvalidSite: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-site"),
    InvalidThreshold: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-site"),
    InvalidLanguages: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-site"),
    InvalidSuspectWords: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-site"),
    SiteExists: (HTTPStatus.CONFLICT, "site-exists"),
    SiteKeyExists: (HTTPStatus.CONFLICT, "site-key-exists"),
    AlreadyActive: (HTTPStatus.CONFLICT, "already-active"),
    LastAdmin: (HTTPStatus.CONFLICT, "last-admin"),
    PageClosed: (HTTPStatus.FORBIDDEN, "page-closed"),
    NotAllowed: (HTTPStatus.FORBIDDEN, "not-allowed"),
    ForeignForm: (HTTPStatus.FORBIDDEN, "foreign-form"),
    LengthMissing: (HTTPStatus.LENGTH_REQUIRED, "length-missing"),
    BodyTooSlow: (HTTPStatus.REQUEST_TIMEOUT, "body-too-slow"),
    MalformedBody: (HTTPStatus.BAD_REQUEST, "malformed-body"),
    UnreadableAddress: (HTTPStatus.BAD_REQUEST, "unreadable-address"),
    WrongContentType: (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong-content-type"),
    MonitoringRefused: (HTTPStatus.FORBIDDEN, "monitoring-refused"),
    RateLimitExceeded: (HTTPStatus.TOO_MANY_REQUESTS, "too-many"),
    WrongOrigin: (HTTPStatus.FORBIDDEN, "wrong-origin"),
    WrongKey: (HTTPStatus.UNAUTHORIZED, "wrong-key"),
    InvalidQuestion: (HTTPStatus.BAD_REQUEST, "invalid-question"),
    KeyMissing: (HTTPStatus.FORBIDDEN, "key-missing"),
    KeyRefused: (HTTPStatus.BAD_REQUEST, "wrong-key"),
    ModelMissing: (HTTPStatus.SERVICE_UNAVAILABLE, "model-missing"),
    WrongSignature: (HTTPStatus.FORBIDDEN, "wrong-signature"),
}
_ATTRIBUTES = ("field", "retry_after", "comment", "mistake")  # of an error, for its problem
# Errors without a text for people.
_PROBLEM_BY_ERROR: dict[type[Exception], Problem] = {
    SiteNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-site", "no site has this name: `parley site list` shows them"
    ),
    SiteKeyNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-site-key", "the site has no key of this name"
    ),
    CommentNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-comment", "there is no comment with this id to be seen here"
    ),
    SubscriptionNotFound: Problem(
        HTTPStatus.NOT_FOUND,
        "mail-link-over",
        "this link is no longer good: there is nothing left to confirm or stop",
    ),
    BulkNotFound: Problem(HTTPStatus.NOT_FOUND, "unknown-bulk", "there is no bulk with this id"),
    PageNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-page", "there is no page with this number"
    ),
    SanctionNotFound: Problem(
        HTTPStatus.NOT_FOUND,
        "unknown-sanction",
        "no such sanction is in force: it has ended, was lifted, or there is no address to go by",
    ),
    SignedOut: Problem(
        HTTPStatus.FORBIDDEN, "signed-out", "you are signed out; nothing was changed"
    ),
    SignInLinkExpired: Problem(
        HTTPStatus.GONE,
        "link-spent",
        "this link was used already or is older than a day: `parley moderator reset` with your"
        " name, on the server, makes a new one",
    ),
    WrongPassword: Problem(
        HTTPStatus.FORBIDDEN,
        "wrong-password",
        "this name and this password do not belong together",
    ),
    Unscored: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "unscored",
        "nothing can be said of this text now: `parley doctor` on the server says why",
        retry_after=_RETRY_SECONDS,
    ),
    WrongToken: Problem(
        HTTPStatus.UNAUTHORIZED,
        "wrong-token",
        "send Authorization: Bearer and a token that you made at /moderate/account",
    ),
    WrongAuthorToken: Problem(
        HTTPStatus.FORBIDDEN,
        "wrong-author-token",
        "send Parley-Author-Token with the token that the answer to this comment's submission had",
    ),
    UnknownIdentity: Problem(
        HTTPStatus.FORBIDDEN,
        "not-invited",
        "nobody here is known by a verified e-mail address of yours: ask an admin to add it",
    ),
    ProviderRefused: Problem(
        HTTPStatus.FORBIDDEN,
        "not-vouched",
        "your provider did not sign you in, or the sign-in took too long: please try again",
    ),
    ProviderUnavailable: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "provider-away",
        "your provider does not answer: try again in a few seconds, or sign in by password",
        retry_after=_RETRY_SECONDS,
    ),
    NotProven: Problem(
        HTTPStatus.FORBIDDEN, "not-proven", "this is not your password; nothing was changed"
    ),
    SecondFactorRequired: Problem(
        HTTPStatus.FORBIDDEN, "code-needed", "your second factor is still missing"
    ),
    WrongCode: Problem(
        HTTPStatus.FORBIDDEN,
        "wrong-code",
        "this code is wrong, too old, or was used already: wait for the next one",
    ),
    ModeratorNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-moderator", "there is nobody here by this name"
    ),
    DigestNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-digest", "this is no address of a mail of ours: was it cut?"
    ),
    ConfirmationNotFound: Problem(
        HTTPStatus.NOT_FOUND,
        "unknown-confirmation",
        "this link confirms nothing any more: choose the address again in your account",
    ),
    FeedNotFound: Problem(
        HTTPStatus.NOT_FOUND,
        "unknown-feed",
        "there is no feed here: it was revoked, or never was one",
    ),
    WebhookNotFound: Problem(
        HTTPStatus.NOT_FOUND, "unknown-webhook", "there is no such webhook, or no such delivery"
    ),
    TooBusy: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "too-busy",
        "too many sign in at this moment; please try again in a few seconds",
        retry_after=_RETRY_SECONDS,
    ),
    CommitUnconfirmed: Problem(  # before what it is a kind of
        HTTPStatus.SERVICE_UNAVAILABLE,
        "database-away",
        "the database did not say whether it was stored: look first, or send it again with the same"
        " Idempotency-Key",
        retry_after=_RETRY_SECONDS,
    ),
    DatabaseUnavailable: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "database-away",
        "the database does not answer; nothing was stored, please send it again in a few seconds",
        retry_after=_RETRY_SECONDS,
    ),
}
_OF_WERKZEUG: dict[int, tuple[str, str]] = {
    400: ("malformed-request", "the request is malformed"),
    404: ("not-found", "there is nothing at this address"),
    405: ("wrong-method", "this address does not take this method"),
    413: ("too-large", f"the body is larger than the {MAX_ENCODED:,} bytes allowed"),
}
UNHANDLED = Problem(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "unforeseen",
    "something went wrong here, it is not your fault and was noted",
)
HANDLED = (*_TYPE_BY_ERROR, *_PROBLEM_BY_ERROR)


def problem_of(error: Exception) -> Problem:
    """The problem for one of our own errors; raises any other error again."""
    for kind, problem in _PROBLEM_BY_ERROR.items():
        if isinstance(error, kind):
            return problem
    for kind, (status, name) in _TYPE_BY_ERROR.items():
        if isinstance(error, kind):
            attributes = {attribute: getattr(error, attribute, None) for attribute in _ATTRIBUTES}
            return Problem(status, name, str(error), **attributes)
    raise error


def problem_of_http(code: int, name: str) -> Problem:
    """The problem for one of Flask's own errors."""
    kind, detail = _OF_WERKZEUG.get(code, ("http", name.lower()))
    return Problem(HTTPStatus(code), kind, detail)
