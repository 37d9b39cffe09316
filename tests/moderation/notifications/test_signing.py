"""How a webhook is signed."""

import base64

import pytest

from moderation.keys import hash_token
from moderation.notifications.signing import (
    SecretMismatch,
    check_webhook_secret,
    signature,
    webhook_secret,
)


def test_the_signature_is_the_one_of_standard_webhooks() -> None:
    """The key, id, time and body of the test of its own Python library, with its signature."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 published
    body = b'{"test": 2432232314}'

    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_made_of_the_servers_and_long_enough() -> None:
    secret = webhook_secret(b"a secret of the tests, long enough", "0" * 32)

    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret != webhook_secret(b"a secret of the tests, long enough", "1" * 32)
    assert secret != webhook_secret(b"another secret of the tests, too", "0" * 32)


def test_a_secret_that_the_owner_was_not_shown_is_refused() -> None:
    check_webhook_secret("whsec_a", hash_token("whsec_a"), who="the worker")
    with pytest.raises(SecretMismatch, match="the worker has another PARLEY_SECRET_KEY"):
        check_webhook_secret("whsec_b", hash_token("whsec_a"), who="the worker")
