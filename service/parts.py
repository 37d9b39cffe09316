"""What the handlers work with, built once per process."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import cast

from flask import current_app

from moderation.addresses import AddressHashes
from moderation.clock import Clock, utc_now
from moderation.doorbell import Doorbell, web_redis
from moderation.settings import Settings
from moderation.storage.address_keys import AddressKeys
from moderation.storage.bulks import Bulks
from moderation.storage.changes import Changes
from moderation.storage.comments import Comments
from moderation.storage.engine import Database, open_database
from moderation.storage.moderators import Moderators
from moderation.storage.pages import Pages
from moderation.storage.queue import ReviewQueue
from moderation.storage.reports import Reports
from moderation.storage.samples import Samples
from moderation.storage.score_chart import ScoreChart
from moderation.storage.scoring import Scoring
from moderation.storage.search import Search
from moderation.storage.sessions import Sessions
from moderation.storage.sites import Sites
from moderation.storage.threads import Threads
from moderation.storage.workers import Workers
from service.limits import Limits
from service.origins import Origins
from service.public.rendered import Rendered

_CONNECTIONS = 8  # to the database, for each web process


@dataclass(frozen=True)
class Parts:
    """The parts of one web process. `secret` makes tokens and keyed hashes."""

    settings: Settings
    secret: bytes
    clock: Clock
    database: Database
    sites: Sites
    pages: Pages
    comments: Comments
    scoring: Scoring
    workers: Workers
    moderators: Moderators
    sessions: Sessions
    queue: ReviewQueue
    addresses: AddressHashes
    doorbell: Doorbell
    limits: Limits
    rendered: Rendered
    origins: Origins
    search: Search
    changes: Changes
    threads: Threads
    bulks: Bulks
    score_chart: ScoreChart
    reports: Reports
    samples: Samples

    def token(self, purpose: str, value: str) -> str:
        """A token only this server can make: 64 hexadecimal digits for a value and purpose."""
        return hmac.new(self.secret, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def build_parts(settings: Settings, secret: bytes, clock: Clock = utc_now) -> Parts:
    """Opens no connection yet. `settings.redis_url` must be known by now."""
    database = open_database(settings.database_url, pool_size=_CONNECTIONS)
    if settings.redis_url is None:
        sentence = "PARLEY_REDIS_URL is not set, and only `parley up` starts a Redis of its own"
        raise ValueError(sentence)
    pages = Pages(database)
    sites = Sites(database, clock)
    search = Search(database, clock)
    return Parts(
        settings=settings,
        secret=secret,
        clock=clock,
        database=database,
        sites=sites,
        pages=pages,
        comments=Comments(database, clock),
        scoring=Scoring(database, clock),
        workers=Workers(database, clock),
        moderators=Moderators(database, clock),
        sessions=Sessions(database, clock),
        queue=ReviewQueue(database, clock),
        addresses=AddressHashes(secret, AddressKeys(database)),
        doorbell=Doorbell(web_redis(settings.redis_url)),
        limits=Limits(settings.redis_url),
        rendered=Rendered(pages),
        origins=Origins(sites),
        search=search,
        changes=Changes(database, clock),
        threads=Threads(database),
        bulks=Bulks(database, clock, search),
        score_chart=ScoreChart(database),
        reports=Reports(database, clock),
        samples=Samples(database, clock),
    )


def parts() -> Parts:
    """The parts of the app that is answering."""
    return cast("Parts", current_app.extensions["parley"])
