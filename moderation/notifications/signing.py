"""How a webhook is signed, so that its receiver knows that it comes from this Parley.

The scheme is Standard Webhooks 1.0 (github.com/standard-webhooks), so that receivers verify with a
library that exists in their language.
"""

import base64
import hmac

from moderation.keys import derive_key, hash_token


class SecretMismatch(ValueError):
    """This server's secret is not the one that the webhook was made with."""


def webhook_secret(server_secret: bytes, salt: str) -> str:
    """The secret that both sides of a webhook know.

    Derived, not stored: a stolen database signs nothing, and there is no key of encryption beside
    the server's secret to look after.

    Args:
        server_secret: This server's secret.
        salt: The webhook's own.

    Returns:
        `whsec_` and 32 bytes in base64.
    """
    key = derive_key(server_secret, f"webhook:{salt}")
    return f"whsec_{base64.b64encode(key).decode()}"


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of the header webhook-signature.

    Args:
        secret: The webhook's, as `webhook_secret` gives it.
        message_id: The value of the header webhook-id.
        timestamp: The value of the header webhook-timestamp: seconds since 1970.
        body: The bytes that are sent.
    """
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


def check_webhook_secret(secret: str, secret_hash: str, *, who: str) -> None:
    """Check that a secret is the one that the webhook's owner was shown.

    Args:
        secret: What would sign now.
        secret_hash: The hash of what the owner was shown.
        who: Names in the error who has the wrong secret.

    Raises:
        SecretMismatch: It is another.
    """
    if hash_token(secret) != secret_hash:
        sentence = f"{who} has another PARLEY_SECRET_KEY than made this webhook"
        raise SecretMismatch(sentence)
