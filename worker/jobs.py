"""The job behind the doorbell: no arguments, no text, and running it twice does no harm."""

import time
from dataclasses import dataclass

from redis import Redis
from rq import get_current_job

from moderation.clock import utc_now
from moderation.doorbell import Doorbell
from moderation.review.sampling_rule import Sampled, no_sample
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.claims import PendingComments
from worker.scoring.drain import BATCH, Drain
from worker.scoring.loaded_model import Model

_MAX_SECONDS = 2.0  # then it rings anew and ends, so that a worker that should stop can
# A job looks on for a while: with a comment every 20 ms RQ would fork for nearly each of them.
_LINGER_SECONDS = 0.25
_PAUSE_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job works with: RQ starts it by name alone, so it cannot be handed over."""

    database_url: str
    model: Model
    sampled: Sampled = no_sample


_context: JobContext | None = None


def configure(context: JobContext) -> None:
    """Before RQ forks: the model is loaded once and shared by every job of the process."""
    global _context
    _context = context


def drain() -> int:
    """Decide what is pending; returns how many comments were claimed."""
    job = get_current_job()
    if job is None or _context is None:
        sentence = "drain is a job: ring the doorbell and a worker runs it"
        raise RuntimeError(sentence)
    database = open_database(_context.database_url, pool_size=1)
    try:
        return _drain(database, _context, job.connection)
    finally:
        database.close()


def build_drain(database: Database, context: JobContext) -> Drain:
    """A drain of this database with the context's model."""
    sites, model = Sites(database, utc_now), context.model
    scoring = PendingComments(database, utc_now, context.sampled)
    return Drain(scoring, sites.all, model.classifier, model.policy)


def _drain(database: Database, context: JobContext, redis: Redis) -> int:
    doorbell = Doorbell(redis)
    doorbell.answered()
    drain = build_drain(database, context)
    started = heard = time.monotonic()
    claimed = 0
    while (now := time.monotonic()) - heard < _LINGER_SECONDS:
        batch = drain.once()
        claimed += batch
        heard = now if batch else heard
        if batch == BATCH:
            doorbell.ring()  # there may be more: other workers join
        if now - started > _MAX_SECONDS:
            doorbell.ring()
            break
        if not batch:
            time.sleep(_PAUSE_SECONDS)
    return claimed
