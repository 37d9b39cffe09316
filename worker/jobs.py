"""The job behind the doorbell: no arguments, no text, and running it twice does no harm."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from rq import get_current_job

from judging.comment_scoring import Classifier, Scores
from judging.loaded_model import Model
from moderation.clock import utc_now
from moderation.doorbell import Doorbell
from moderation.review.sampling_rule import Sampled, no_sample
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.backlog import LEASE
from moderation.storage.decisions.claims import PendingComments
from moderation.storage.rules.comment_circumstances import CommentCircumstances
from worker.scoring.drain import BATCH, Drain
from worker.scoring.unchanged_sites import UnchangedSites
from worker.shared_counts import Count, SharedCounts
from worker.time_limit import kill_after

# Then it rings anew and ends; at once where its worker should stop. The first comment of a job
# costs as much as ten later ones (measured), so few jobs are better. RQ gives each JOB_TIMEOUT.
_MAX_SECONDS = 15.0
# A job looks on for a while: with a comment every 20 ms RQ would fork for nearly each of them.
_LINGER_SECONDS = 0.25
_PAUSE_SECONDS = 0.01
# Where several come at once more come soon: together each costs half (measured at 800 a second).
# Where 50 come in a second hardly any waits.
_SEVERAL, _GATHER_SECONDS = 3, 0.02
# For a batch: to claim and to settle it are writes, and one to a locked file waits 10 s.
_BATCH_SECONDS = 25.0


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job works with: RQ starts it by name alone, so it cannot be handed over."""

    database_url: str
    model: Model
    sampled: Sampled = no_sample
    counts: SharedCounts = field(default_factory=SharedCounts)


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
    return drain_for(_MAX_SECONDS, _context, Doorbell(job.connection))


def drain_for(seconds: float, context: JobContext, doorbell: Doorbell | None = None) -> int:
    """Decide what is pending; the process is killed where a batch takes too long.

    Args:
        seconds: Then no batch is begun any more.
        context: The database and the model.
        doorbell: Answered first, and rung when there is more to do; None where Redis is of no help.

    Returns:
        How many comments were claimed.
    """
    kill_after(_BATCH_SECONDS)
    database = open_database(context.database_url, pool_size=1)
    try:
        if doorbell is not None:
            doorbell.answered()
        return _drain(database, context, seconds, doorbell)
    finally:
        database.close()


def build_drain(database: Database, context: JobContext) -> Drain:
    """A drain of this database with the context's model."""
    model = context.model
    scoring = PendingComments(database, utc_now, context.sampled)
    classifier = model.classifier and TimeLimited(model.classifier)
    sites = UnchangedSites(Sites(database, utc_now), Moderators(database, utc_now).names)
    return Drain(
        scoring,
        sites.with_ids,
        classifier,
        model.policy,
        staff=sites.staff,
        circumstances=CommentCircumstances(database).of,
    )


class TimeLimited:
    """A classifier that takes its process with it where it does not return.

    Whoever hangs the model so loses no more than a claim: at the next attempts each of its comments
    is tried alone.
    """

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self.version = classifier.version

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """The classifier's scores."""
        kill_after(LEASE.total_seconds())
        scores = self._classifier.score(texts)
        kill_after(_BATCH_SECONDS)
        return scores


def _drain(
    database: Database, context: JobContext, seconds: float, doorbell: Doorbell | None
) -> int:
    drain, counts = build_drain(database, context), context.counts
    started = heard = time.monotonic()
    counted = Count.DRAINED_BY_SWEEP if doorbell is None else Count.CLAIMED_IN_JOBS
    claimed = 0
    while time.monotonic() - heard < _LINGER_SECONDS:
        kill_after(_BATCH_SECONDS)
        commit = database.commits.read()  # before the look: what comes in between counts next
        batch = drain.once()
        claimed += batch
        counts.add(counted, batch)
        now = time.monotonic()
        heard = now if batch else heard
        # There may be more, also after half a batch of long texts: other workers join.
        if batch >= BATCH // 2 and doorbell is not None:
            doorbell.ring()
        if now - started > seconds or counts[Count.STOPS_ASKED]:
            if doorbell is not None:
                doorbell.ring()
            break
        _await_more(database, commit, batch)
    counts.add(Count.FAILED_IN_JOBS if doorbell else Count.FAILED_IN_SWEEP, drain.failures)
    return claimed


def _await_more(database: Database, commit: tuple[int, int] | None, batch: int) -> None:
    """After none, until something is committed; after several, until more have come."""
    if not batch:
        database.commits.wait(commit, _PAUSE_SECONDS)
    elif _SEVERAL <= batch < BATCH // 2:
        time.sleep(_GATHER_SECONDS)
