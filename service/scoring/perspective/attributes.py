"""Perspective's names for what the model scores; there is no number for any other name."""

from moderation.policy import ATTRIBUTES

# Names of earlier years and of its training data, for the same thing.
_OTHER_NAMES = {
    "TOXICITY_FAST": "toxicity",
    "OBSCENE": "profanity",
    "IDENTITY_HATE": "identity_attack",
}
_EARLIER = "_EXPERIMENTAL"


def own_attribute(name: str) -> str | None:
    """The model's attribute; None for a name that it has no number for.

    Args:
        name: As a program asks for it: `TOXICITY`, with a version as `TOXICITY@6`, or as it was
            called before.
    """
    plain = name.partition("@")[0].removesuffix(_EARLIER)
    own = _OTHER_NAMES.get(plain, plain.lower())
    return own if own in ATTRIBUTES and plain == plain.upper() else None
