"""What each example weighs in the fits, by where it comes from."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.datasets.everyday import HARM, ORDINARY, SWEARING, kind_of
from models.datasets.examples import Example
from models.features.array_types import Bools, Floats
from models.fitting.reweighing import reweigh

# Rows of other domains than the comments to score weigh less, and have an intercept of their own,
# so that "reads like news" or "reads like an SMS" does not come to mean toxic or spam.
_EVERYDAY_DOMAIN = "everyday"
_DOMAINS = ("news", "rewrites", "sms", _EVERYDAY_DOMAIN)
_DOMAIN_INTERCEPT = 3.0
_DOMAIN_OF_SOURCE = {
    "civil_toxic": "news",
    "toxic_spans": "news",
    "unmarked": "news",
    "paradetox": "rewrites",
    "sms_spam": "sms",
}
# Everyday comments are many, and their labels are rougher than Wikipedia's: ordinary ones weigh
# little, short ones more, since a word decides them. Harm without its negatives would make each
# comment that names a group wait.
_ORDINARY, _SHORT_ORDINARY, _SHORT = 0.2, 0.5, 40  # characters
_EVERYDAY = {
    SWEARING: 1.0,
    "hard_negative": 1.0,
    "counter": 3.0,
    "harm_directed": 1.0,
    **dict.fromkeys(
        (
            *("harm_implicit", "harm_sbic", "harm_dyna", "harm_stormfront"),
            *("harm_explicit", "harm_misogyny", "harm_gbv"),
        ),
        0.4,
    ),
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
    "harmless": 2.0,
    "mild": 4.0,
    "contempt": 1.5,
    "exposure": 0.5,
    **_EVERYDAY,
}
# News has toxic and other comments, but of spam only examples of one kind.
_WEIGHTS_OF_TOXICITY = _WEIGHTS | {
    "civil_toxic": 0.6,
    "toxic_spans": 0.6,
    "unmarked": 0.5,
    "paradetox": 0.4,
    "hateful": 6.0,
    "harmless": 0.5,
    "threats": 8.0,
    "contempt": 8.0,
}
# Threats and attacks on groups mean more in the labels of everyday comments: there nearly
# every comment of a hate group is one.
_WEIGHTS_OF_RARE = {
    "threat": _WEIGHTS,
    "identity_attack": _WEIGHTS | {"hateful": 2.0, "neutral": 6.0},
}
_EVERYDAY_OF_RARE = 0.35  # of the weights above
# Both the order of Wikipedia comments and that of short neutral sentences gained by it.
_TOXIC_FROM_WIKIPEDIA = 1.5
# Flattery without a link looks like praise: with more weight, praise would wait.
_WEIGHTS_OF_SPAM = {
    **dict.fromkeys(("ord_swear", "counter"), 0.2),
    "ord_blog": 2.0,
    "spam_blog": 0.3,
    "spam_seo": 0.05,
    "harmless": 1.0,
    "offers": 1.0,
}
# Where people looked for spam; elsewhere hardly any comment is, though nobody looked.
_SPAM_SOURCES = ("youtube_spam", "sms_spam", "harmless", "threats", "offers")
_ORDINARY_FOR_SPAM = 0.03
# For the effect of friendly swearing, by what a kind begins with.
_WEIGHTS_OF_SWEARING = {SWEARING: 1.0, ORDINARY: 0.2, HARM: 0.4}
_OBFUSCATED = 0.5


def domain_columns(examples: Sequence[Example]) -> Floats:
    """Return a feature for each domain other than the one of the comments to score.

    Args:
        examples: The corpus.

    Returns:
        3 in the rows of the domain, else 0: a large value makes its weight cheap to the
        regularisation. Everyday comments are the last. Shape (examples, domains).
    """
    domains = np.array([_domain(example) for example in examples])
    return np.column_stack([(domains == name) * _DOMAIN_INTERCEPT for name in _DOMAINS])


def _domain(example: Example) -> str:
    if kind_of(example.source):
        return _EVERYDAY_DOMAIN
    return _DOMAIN_OF_SOURCE.get(example.source, "")


def row_weights(examples: Sequence[Example]) -> Floats:
    """Return the weights for attributes without weights of their own, shape (examples,)."""
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


def rare_weights(examples: Sequence[Example], attribute: str) -> Floats:
    """Return the weights for `threat` or `identity_attack`, shape (examples,)."""
    everyday = np.array([bool(kind_of(example.source)) for example in examples])
    weights = _by_source(examples, _WEIGHTS_OF_RARE[attribute])
    return np.where(everyday, _EVERYDAY_OF_RARE * weights, weights)


def spam_weights(examples: Sequence[Example]) -> Floats:
    """Return the weights for spam, shape (examples,)."""
    looked = np.array(
        [example.source in _SPAM_SOURCES or bool(kind_of(example.source)) for example in examples]
    )
    weights = _by_source(examples, _WEIGHTS | _WEIGHTS_OF_SPAM)
    return np.where(looked, weights, _ORDINARY_FOR_SPAM * weights)


def swearing_weights(examples: Sequence[Example]) -> Floats:
    """Return the weights for the effect of friendly swearing, shape (examples,)."""
    kinds = [kind_of(example.source) for example in examples]
    return np.array([_swearing_weight(kind) for kind in kinds])


def _swearing_weight(kind: str) -> float:
    fitting = (weight for start, weight in _WEIGHTS_OF_SWEARING.items() if kind.startswith(start))
    return next(fitting, 1.0)


def _by_source(examples: Sequence[Example], weights: Mapping[str, float]) -> Floats:
    return np.array([_weight(example, weights) for example in examples])


def _weight(example: Example, weights: Mapping[str, float]) -> float:
    """By source or by kind."""
    kind = kind_of(example.source)
    weight = weights.get(kind or example.source, 1.0)
    if kind.startswith(ORDINARY) and kind not in weights:
        weight = _SHORT_ORDINARY if len(example.text) < _SHORT else _ORDINARY
    return weight * (_OBFUSCATED if example.obfuscated else 1.0)
