"""What each example weighs in the fits, by where it comes from."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.datasets.examples import Example
from models.features.array_types import Bools, Floats
from models.fitting.reweighing import reweigh

# Rows of other domains than the comments to score weigh less, and have an intercept of their own,
# so that "reads like news" or "reads like an SMS" does not come to mean toxic or spam.
_DOMAINS = ("news", "rewrites", "sms")
_DOMAIN_INTERCEPT = 3.0
_DOMAIN_OF_SOURCE = {
    "civil_toxic": "news",
    "toxic_spans": "news",
    "unmarked": "news",
    "paradetox": "rewrites",
    "sms_spam": "sms",
}
# The sentences of our own are few, against many insults with the same names.
_WEIGHTS = {
    "civil_toxic": 0.15,
    "toxic_spans": 0.15,
    "paradetox": 0.15,
    "sms_spam": 0.3,
    "neutral": 2.0,
    "hateful": 1.0,
    "profanity": 0.5,
}
# News has toxic and other comments, but of spam only examples of one kind.
_WEIGHTS_OF_TOXICITY = _WEIGHTS | {
    "civil_toxic": 0.6,
    "toxic_spans": 0.6,
    "unmarked": 0.5,
    "hateful": 3.0,
}
# Both the order of Wikipedia comments and that of short neutral sentences gained by it.
_TOXIC_FROM_WIKIPEDIA = 1.5
# Where people looked for spam; elsewhere hardly any comment is, though nobody looked.
_SPAM_SOURCES = ("youtube_spam", "sms_spam")
_OBFUSCATED = 0.5


def domain_columns(examples: Sequence[Example]) -> Floats:
    """Return a feature for each domain other than the one of the comments to score.

    Args:
        examples: The corpus.

    Returns:
        3 in the rows of the domain, else 0: a large value makes its weight cheap to the
        regularisation. Shape (examples, domains).
    """
    domains = np.array([_DOMAIN_OF_SOURCE.get(example.source, "") for example in examples])
    return np.column_stack([(domains == name) * _DOMAIN_INTERCEPT for name in _DOMAINS])


def row_weights(examples: Sequence[Example]) -> Floats:
    """Return the weights for attributes other than toxicity, shape (examples,)."""
    return _by_source(examples, _WEIGHTS)


def toxicity_weights(examples: Sequence[Example], counted: Bools) -> Floats:
    """Return the weights for toxicity, reweighed so that names of groups are at even odds.

    Args:
        examples: The corpus.
        counted: The rows from which the odds are computed, shape (examples,).

    Returns:
        Shape (examples,).
    """
    toxic = np.array([example.labels[0] for example in examples])
    weights = reweigh(examples, _by_source(examples, _WEIGHTS_OF_TOXICITY), toxic, counted)
    from_wikipedia = np.array([example.source == "jigsaw" for example in examples])
    return np.where(from_wikipedia & (toxic == 1), _TOXIC_FROM_WIKIPEDIA * weights, weights)


def from_spam_sources(examples: Sequence[Example]) -> Bools:
    """Tell which rows people labelled for spam, shape (examples,)."""
    return np.array([example.source in _SPAM_SOURCES for example in examples])


def _by_source(examples: Sequence[Example], weights: Mapping[str, float]) -> Floats:
    return np.array(
        [
            weights.get(example.source, 1.0) * (_OBFUSCATED if example.obfuscated else 1.0)
            for example in examples
        ]
    )
