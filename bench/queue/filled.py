"""A database as a big newspaper has it after some years, filled by the code that serves it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.queue.words import Texts
from moderation.clock import utc_now
from moderation.comments import QueueSection, Status, Submission
from moderation.policy import ATTRIBUTES, Decision, Reason
from moderation.sites import Site
from moderation.storage.comments.insert import insert_comments
from moderation.storage.comments.new_comments import NewComment
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import DecidedComment, PendingComments
from moderation.storage.migrate import migrate
from moderation.text.near_duplicates import fingerprint
from moderation.text.search_terms import own_words

SITE = "paper"
_PER_PAGE = 200  # comments of an article, on average
_OPEN = 10  # articles that readers write about at a time
_AUTHORS = 20_000
_AT_ONCE = 2_000  # comments in one transaction
_APART = timedelta(seconds=60)
_FLAG, _LIKELY = 0.05, 0.85  # toxicity

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How many comments there are, how many of them wait for a moderator, and on how many pages.

    Without a number of pages each has 200 comments on average, and all are written about in turn.
    """

    comments: int
    waiting: int
    pages: int | None = None


def fill(database: Database, size: Size, say: Say) -> None:
    """Migrate an empty database, and have comments submitted and decided in it."""
    migrate(database)
    site = Sites(database, utc_now).add(Site(0, SITE, "The Daily Paper", ()))
    start = utc_now() - size.comments * _APART
    readers = _Readers(site, size, start)
    for first in range(0, size.comments, _AT_ONCE):
        say(f"filling the database: {first:,} of {size.comments:,} comments")
        batch = list(readers.write(min(_AT_ONCE, size.comments - first)))
        with database.write() as connection:
            insert_comments(connection, batch)
        scoring = PendingComments(database, readers.now)
        claim = scoring.claim(len(batch))
        scoring.settle(claim, [readers.decide(claimed.id) for claimed in claim.comments])


class _Readers:
    """Who writes what about which page, and which of it waits; the same every time."""

    def __init__(self, site: Site, size: Size, start: datetime) -> None:
        self._site = site
        self._start = start
        self._chance = random.Random(1)  # noqa: S311 nothing secret
        self._texts = Texts(2)
        self._written = 0
        self._decided = 0
        self._pages = size.pages
        self._waiting = set(self._chance.sample(range(size.comments), size.waiting))

    def now(self) -> datetime:
        """When the next comment is submitted."""
        return self._start + self._written * _APART

    def write(self, number: int) -> Iterator[NewComment]:
        """So many more comments."""
        for _ in range(number):
            yield self._comment()
            self._written += 1

    def decide(self, comment_id: int) -> DecidedComment:
        """What became of the next comment."""
        waits = self._decided in self._waiting
        self._decided += 1
        toxicity = self._chance.uniform(_FLAG, 0.99) if waits else _FLAG * self._chance.random()
        scores = {**dict.fromkeys(ATTRIBUTES, 0.001), "toxicity": round(toxicity, 4)}
        if not waits:
            return DecidedComment(comment_id, Decision(Status.APPROVED), scores, "bench")
        why = Reason("toxicity", scores["toxicity"], _FLAG)
        is_likely = toxicity >= _LIKELY
        section = QueueSection.LIKELY_REJECTED if is_likely else QueueSection.IN_DOUBT
        return DecidedComment(
            comment_id, Decision(Status.FLAGGED, (why,), section), scores, "bench"
        )

    def _comment(self) -> NewComment:
        author = self._chance.randrange(_AUTHORS)
        page = f"/articles/{self._article()}"
        name, text = f"Reader {author}", self._texts.next()
        return NewComment(
            self._site,
            Submission(site=SITE, page=page, name=name, text=text, title=f"Article {page}"),
            self.now(),
            is_vouched=True,
            address_hash=f"{author:032x}",
            idempotency_key=None,
            body_hash="",
            fingerprint=fingerprint(text),
            words=own_words(name, text),
        )

    def _article(self) -> int:
        if self._pages is not None:
            return self._written % self._pages
        return self._written // _PER_PAGE + self._chance.randrange(_OPEN)
