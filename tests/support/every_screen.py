"""A database with something on every screen, and the addresses of those that need to be found."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from moderation.accounts.moderators import ALL_SITES, Role
from moderation.choices.site_languages import SiteLanguages
from moderation.choices.suspect_words import SuspectWords
from moderation.clock import utc_now
from moderation.comments import Comment, Status
from moderation.notifications.deliveries import DeliveryOutcome
from moderation.notifications.digests import stop_token
from moderation.notifications.webhooks import Event
from moderation.policy import Decision
from moderation.review.notes import RejectReason
from moderation.review.reports import Reason, Report
from moderation.review.search_filter import Filter
from moderation.sanctions import SanctionKind
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.audit_samples import AuditSamples
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.reports import Reports
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.factories import settle
from tests.support.filled_program import SECRET, deliver, prepare
from tests.support.flagged_comments import GOOD, add_scored, as_seen
from tests.support.program import DEMO_PAGE

# By the names that `fill` knows the rest of the address by.
OTHERS = {
    "a page's threads": "/moderate/pages/2",
    "an author's history": "/moderate/comments/{author}/author",
    "all by this name": "/moderate/comments/{author}/author?by=name",
    "likely to be rejected": "/moderate?section=likely_rejected",
    "approved automatically": "/moderate/automatic?list=approved",
    "reviewed of the sample": "/moderate/automatic?list=sampled",
    "automatic rejection": "/moderate/rejection?site=demo&attribute=toxicity&from=30",
    "another setting": "/moderate/thresholds?site=demo&setting=own&from=0",
    "a language to decide": "/moderate/sites/demo/languages/de/raise",
    "a bulk": "/moderate/bulks/{bulk}",
    "a bulk approval": "/moderate/bulk?to=approved&status=flagged&attribute=toxicity",
    "a second opinion": "/moderate/sample/{disagreed}",
    "a site": "/moderate/sites/demo",
    "the rules of a site": "/moderate/sites/demo/policy",
    "the end of a site": "/moderate/sites/demo/remove",
    "a webhook": "/moderate/webhooks/1",
    "a webhook that is off": "/moderate/webhooks/2",
    "everyone's decisions": "/moderate/decided?whose=all",
    "the machine's decisions": "/moderate/decided?whose=machine",
    "what was just decided": "/moderate?done=approved&undo={author}.3",
    "the end of mails": "/moderate/digest/stop/{stop}",
    "the confirmation of mails": "/moderate/digest/confirm/{stop}",
}
_HERE = Submitter("a" * 32)
_SUSPECTS = SuspectWords(("gun sale*", "كلب"), ("de",))


def fill(var: Path) -> Mapping[str, str]:
    """What the addresses above name."""
    database = prepare(var)
    sites = Sites(database, utc_now)
    sites.add(Site(0, "quiet", "Quiet", ()))
    languages, suspects = SiteLanguages(("en", "de", "ja", "fr"), raised=("fr",)), _SUSPECTS
    sites.change("demo", lambda site: replace(site, languages=languages, suspects=suspects))
    for name, site in (("Zoe", "quiet"), ("Vic", "demo")):
        Moderators(database, utc_now).add(name, Role.VIEWER, sites=[site])
    anna = Moderators(database, utc_now).get("Anna").id
    SiteKeys(database, utc_now).make("demo", name="A shop's")
    _tell(database)
    _decide(database, anna)
    names = {
        "author": _wait(database, anna).id,
        "bulk": _decide_together(database, anna),
        "disagreed": _look_again(database, anna),
        "stop": stop_token(SECRET, anna, "anna@example.org"),
    }
    deliver(database, DeliveryOutcome(200), DeliveryOutcome(500, "it answered 500"))
    Webhooks(database, utc_now, SECRET).switch(2, on=False)
    database.close()
    return names


def _tell(database: Database) -> None:
    for number in (1, 2):
        url = f"https://hooks.example/{number}"
        Webhooks(database, utc_now, SECRET).add(url, list(Event), site="demo")


def _decide(database: Database, anna: int) -> None:
    decided = add_scored(database, utc_now)
    queue = ReviewQueue(database, utc_now, ALL_SITES)
    queue.decide(as_seen(decided), Status.REJECTED, moderator_id=anna)
    approved = add_scored(database, utc_now, GOOD, page=DEMO_PAGE)
    add_scored(database, utc_now, page=DEMO_PAGE, parent=approved.id, name="Ben")
    site = Sites(database, utc_now).get("demo")
    report = Report(Reason.ABUSE, "It is about me. " * 30)
    Reports(database, utc_now).add(approved.id, site, report, "reader")


def _wait(database: Database, anna: int) -> Comment:
    """The last has a note, its author is banned, and was flagged always until that was lifted."""
    for text in ("You idiot, see https://a.example/x", "A \u202eturned\u202c idiot", "w" * 2_000):
        add_scored(database, utc_now, sender=_HERE, text=text, title="A headline", page=DEMO_PAGE)
    last = add_scored(database, utc_now, sender=_HERE, page=DEMO_PAGE)
    Notes(database, utc_now, ALL_SITES).add(last.id, "Asked the desk.", moderator_id=anna)
    sanctions = Sanctions(database, utc_now, ALL_SITES)
    until = utc_now() + timedelta(days=1)
    for kind in SanctionKind:
        sanctions.impose(last.id, kind, until, moderator_id=anna, reason="Spam.")
    sanctions.lift(last.id, 1, moderator_id=anna)
    return last


def _decide_together(database: Database, anna: int) -> str:
    newest = [add_scored(database, utc_now, name="Eve") for _ in range(2)][-1]
    bulks = BulkDecisions(database, utc_now, ALL_SITES, Search(database, utc_now, ALL_SITES))
    return bulks.decide(
        Filter(name="Eve"),
        Status.REJECTED,
        upto=newest.id,
        moderator_id=anna,
        reason=RejectReason.SPAM,
    )


def _look_again(database: Database, anna: int) -> str:
    site = Sites(database, utc_now).get("demo")
    *_, last = settle(database, utc_now, site, GOOD, Decision(Status.REJECTED), GOOD)
    samples = AuditSamples(database, utc_now, ALL_SITES)
    samples.review(last.id, Status.REJECTED, moderator_id=anna)
    return last.id
