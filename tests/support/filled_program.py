"""Databases that a Parley in a browser test starts with."""

from pathlib import Path

from moderation.clock import utc_now
from moderation.notifications.deliveries import DeliveryOutcome
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.outbox import Outbox
from tests.support.factories import CommentFields
from tests.support.flagged_comments import add_scored
from tests.support.migrated_file import write_migrated

ORIGIN = "https://paper.example"
SECRET = b"a secret of the tests, long enough"
NAMES = ("Cy", "Dee", "Eve", "Flo")
READERS: list[CommentFields] = [
    {"name": name, "text": f"{name} calls you a fool."} for name in NAMES
]
MAIL = {"PARLEY_SMTP_URL": "smtp://127.0.0.1:1", "PARLEY_MAIL_FROM": "parley@example.org"}


def database_in(var: Path) -> Database:
    """The one that a Parley with this folder uses, running or not."""
    return open_database(f"sqlite:///{var / 'parley.db'}")


def prepare(var: Path, title: str = "Demo") -> Database:
    """With the site demo, and Anna and Bea who moderate."""
    write_migrated(var / "parley.db")
    database = database_in(var)
    Sites(database, utc_now).add(Site(0, "demo", title, (ORIGIN,)))
    for name in ("Anna", "Bea"):
        Moderators(database, utc_now).add(name)
    return database


def waiting_in(var: Path, *comments: CommentFields) -> None:
    """Flag these comments in the database that a Parley will start with."""
    database = prepare(var)
    for fields in comments:
        add_scored(database, utc_now, **fields)
    database.close()


def deliver(database: Database, *outcomes: DeliveryOutcome) -> None:
    """What is decided goes to every webhook, and comes out like this."""
    Outbox(database, utc_now).fan_out()
    deliveries = DeliveryQueue(database, utc_now, SECRET)
    for leased in deliveries.lease(10):
        for outcome in outcomes:
            due = deliveries.next_due(leased)
            assert due
            deliveries.settle(leased, due, outcome)
        deliveries.release(leased)
