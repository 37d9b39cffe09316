"""Questions as programs of other services send them."""

import hashlib
import hmac
import json
from collections.abc import Sequence

from bench.parley import SITE, Parley
from bench.wire import post, post_json

MOST_CHECKS = 100  # comments of one question
_SECRET = "the signing secret of the bench"  # noqa: S105


def analyses(parley: Parley, key: str, texts: Sequence[str]) -> list[bytes]:
    """For the toxicity of one text each, as programs ask Perspective."""
    path = f"/v1alpha1/comments:analyze?key={key}"
    asked = {"requestedAttributes": {"TOXICITY": {}}, "languages": ["en"]}
    return [post_json(parley.port, path, {"comment": {"text": text}, **asked}) for text in texts]


def checks(parley: Parley, key: str, texts: Sequence[str]) -> list[bytes]:
    """For MOST_CHECKS comments each, as programs of any other system ask."""
    comments = [{"name": "Ada", "text": text} for text in texts]
    parts = [comments[k : k + MOST_CHECKS] for k in range(0, len(comments), MOST_CHECKS)]
    bodies = [json.dumps({"comments": part}).encode() for part in parts]
    headers = {"Authorization": f"Bearer {key}"}
    return [post(parley.port, "/v1/checks", body, headers) for body in bodies]


def coral_phases(parley: Parley, texts: Sequence[str]) -> list[bytes]:
    """For one comment each, signed as Coral signs."""
    parley.take_coral_secret(_SECRET)
    bodies = [json.dumps({"comment": {"body": f"<p>{text}</p>"}}).encode() for text in texts]
    return [post(parley.port, f"/coral/{SITE}", body, _signed(body)) for body in bodies]


def _signed(body: bytes) -> dict[str, str]:
    digest = hmac.new(_SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Coral-Signature": f"sha256={digest}"}
