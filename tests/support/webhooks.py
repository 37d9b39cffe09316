"""What the tests of webhooks share."""

import json
from collections.abc import Callable
from ipaddress import ip_network

from moderation.comments import Comment
from moderation.notifications.webhooks import Event
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from tests.support.webhook_receiver import Receiver
from worker.notifications.checked_connection import ConnectionPolicy

SECRET = b"a secret of the tests, long enough"
LOCAL = ConnectionPolicy([ip_network("127.0.0.0/8")])
EVERY = tuple(Event)
Add = Callable[..., Comment]
Decide = Callable[[Comment, ReviewStatus], Comment]
SendDue = Callable[[], int]


def received_events(receiver: Receiver) -> list[tuple[str, str]]:
    """The type and the comment's text of each event that arrived."""
    events = [json.loads(request.body) for request in receiver.received]
    return [(event["type"], event["data"].get("text")) for event in events]
