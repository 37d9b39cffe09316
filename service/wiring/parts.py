"""The parts of one web process: what handlers use that belongs to no moderator."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from moderation.clock import Clock, utc_now
from moderation.config.settings import Settings
from moderation.doorbell import Doorbell
from moderation.keys import keyed_hash
from moderation.proxies import proxy_warning
from moderation.redis_clients import web_redis
from moderation.storage.accounts.api_tokens import ApiTokens
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.accounts.second_factors import SecondFactors
from moderation.storage.accounts.sessions import Sessions
from moderation.storage.accounts.sign_in import SignIn
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.pages import Pages
from moderation.storage.comments.sites import Sites
from moderation.storage.comments.write_trial import WriteTrial
from moderation.storage.database.commit_number import CommitNumber
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.active_sanctions import ActiveSanctions
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.labels.labels import Labels
from moderation.storage.notifications.delivery_log import DeliveryLog
from moderation.storage.notifications.digest_preferences import DigestPreferences
from moderation.storage.notifications.feeds import Feeds
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.own_comments.appeals import Appeals
from moderation.storage.own_comments.current_states import OwnStates
from moderation.storage.own_comments.edits import Edits
from moderation.storage.own_comments.own_records import OwnRecords
from moderation.storage.reader_mail.subscription_ends import SubscriptionEnds
from moderation.storage.reader_mail.subscriptions import Subscriptions
from moderation.storage.review.queue_counts import WaitingCounts
from moderation.storage.review.reports import Reports
from moderation.storage.rules.closed_pages import ClosedPages
from moderation.storage.rules.comment_circumstances import CommentCircumstances
from moderation.storage.sites.rule_versions import RuleVersions
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.sites.site_removal import SiteRemoval
from moderation.storage.system.address_keys import AddressKeys
from moderation.storage.system.credential_uses import CredentialUses
from moderation.storage.system.unnamed_proxies import UnnamedProxies
from moderation.storage.system.worker_heartbeats import Workers
from moderation.storage.threads.page_comments import PageComments
from moderation.storage.threads.page_threads import PageThreads
from moderation.storage.threads.published import Published
from service.wiring.address_hashing import AddressHashes
from service.wiring.doorbell_thread import DoorbellThread
from service.wiring.highlights_loader import Highlights
from service.wiring.key_uses import KeyUses
from service.wiring.page_cache import PageCache
from service.wiring.proxy_watch import ProxyWatch
from service.wiring.rate_limits import Limits
from service.wiring.site_cache import SiteCache
from service.wiring.staff_names import StaffNames
from service.wiring.token_uses import TokenUses
from service.wiring.web_model import WebModel

_CONNECTIONS = 8  # to the database, for each web process


@dataclass(frozen=True)
class Parts:
    """The parts of one web process.

    A handler takes from here what has no scope; what a moderator may see and decide comes from
    `service.moderators.request.repositories`.
    """

    settings: Settings
    secret: bytes  # the key of signatures and address hashes
    clock: Clock
    database: Database
    sites: Sites
    rule_versions: RuleVersions
    closed_pages: ClosedPages
    circumstances: CommentCircumstances
    site_keys: SiteKeys
    site_removal: SiteRemoval
    pages: Pages
    threads: PageThreads
    published: Published
    comments: Comments
    labels: Labels
    active_sanctions: ActiveSanctions
    erasures: Erasures
    edits: Edits
    appeals: Appeals
    own_states: OwnStates
    own_records: OwnRecords
    reports: Reports
    backlog: Backlog
    workers: Workers
    write_trial: WriteTrial
    unnamed_proxies: UnnamedProxies
    proxy_watch: ProxyWatch
    moderators: Moderators
    sessions: Sessions
    sign_in: SignIn
    people: Roles
    second_factors: SecondFactors
    api_tokens: ApiTokens
    credential_uses: CredentialUses
    webhooks: Webhooks
    delivery_log: DeliveryLog
    feeds: Feeds
    digests: DigestPreferences
    subscriptions: Subscriptions
    subscription_ends: SubscriptionEnds
    addresses: AddressHashes
    doorbell: Doorbell
    doorbell_thread: DoorbellThread
    limits: Limits
    token_uses: TokenUses
    page_cache: PageCache
    page_comments: PageComments
    site_cache: SiteCache
    highlights: Highlights
    web_model: WebModel
    staff_names: StaffNames
    key_uses: KeyUses
    waiting_counts: WaitingCounts

    @property
    def commits(self) -> CommitNumber:
        """By which an answer knows that it is as new as the database."""
        return self.database.commits

    def sign(self, purpose: str, value: str) -> str:
        """A signature that only this server can make: 64 hexadecimal digits.

        Args:
            purpose: What it is used for, so that it is worth nothing elsewhere.
            value: What is signed.
        """
        return keyed_hash(self.secret, f"{purpose}:{value}")

    def proxy_warning(self) -> str | None:
        """What is to be set, if a proxy forwards requests that no setting names."""
        return proxy_warning(self.unnamed_proxies.recent(), self.settings.trusted_proxies)


def build_parts(settings: Settings, secret: bytes, clock: Clock = utc_now) -> Parts:
    """Build the parts; opens no connection yet.

    Raises:
        ValueError: `settings.redis_url` is not known.
    """
    database = open_database(settings.database_url, pool_size=_CONNECTIONS)
    if settings.redis_url is None:
        sentence = "PARLEY_REDIS_URL is not set, and only `parley up` starts a Redis of its own"
        raise ValueError(sentence)
    page_comments, threads = PageComments(database), PageThreads(database)
    redis = web_redis(settings.redis_url)
    doorbell = Doorbell(redis)
    sites, moderators = Sites(database, clock), Moderators(database, clock)
    web_model = WebModel(settings)
    unnamed_proxies = UnnamedProxies(database, clock)
    return Parts(
        settings=settings,
        secret=secret,
        clock=clock,
        database=database,
        sites=sites,
        rule_versions=RuleVersions(database, clock),
        closed_pages=ClosedPages(database, clock),
        circumstances=CommentCircumstances(database),
        site_keys=SiteKeys(database, clock),
        site_removal=SiteRemoval(database, clock),
        pages=Pages(database),
        threads=threads,
        published=Published(database),
        comments=Comments(database, clock),
        labels=Labels(database, clock),
        active_sanctions=ActiveSanctions(database, clock),
        erasures=Erasures(database, clock),
        edits=Edits(database, clock),
        appeals=Appeals(database, clock),
        own_states=OwnStates(database),
        own_records=OwnRecords(database),
        reports=Reports(database, clock),
        backlog=Backlog(database, clock),
        workers=Workers(database, clock),
        write_trial=WriteTrial(database, clock),
        unnamed_proxies=unnamed_proxies,
        proxy_watch=ProxyWatch(unnamed_proxies),
        moderators=moderators,
        sessions=Sessions(database, clock),
        sign_in=SignIn(database, clock),
        people=Roles(database, clock),
        second_factors=SecondFactors(database, clock),
        api_tokens=ApiTokens(database, clock),
        credential_uses=CredentialUses(database, clock),
        webhooks=Webhooks(database, clock, secret),
        delivery_log=DeliveryLog(database, clock),
        feeds=Feeds(database, clock),
        digests=DigestPreferences(database, clock),
        subscriptions=Subscriptions(database, clock),
        subscription_ends=SubscriptionEnds(database, clock),
        addresses=AddressHashes(secret, AddressKeys(database)),
        doorbell=doorbell,
        doorbell_thread=DoorbellThread(doorbell),
        limits=Limits(redis),
        token_uses=TokenUses(redis),
        page_comments=page_comments,
        page_cache=PageCache(page_comments, threads),
        site_cache=SiteCache(sites),
        highlights=Highlights(web_model),
        web_model=web_model,
        staff_names=StaffNames(moderators.names),
        key_uses=KeyUses(),
        waiting_counts=WaitingCounts(database),
    )


def parts() -> Parts:
    """The parts of the app that is answering."""
    return cast("Parts", current_app.extensions["parley"])
