"""Which words of a text to highlight as the reasons of its score."""

import string

from models.serving.explain import Attribution, Span
from models.serving.stopwords import STOPWORDS

# A word is highlighted when it adds this share of what the strongest word adds, and is no stop
# word: best on the training part of SemEval 2021 task 5, whose trial part gives the card's figure.
SHARE_OF_STRONGEST = 0.4
_SIGNS = frozenset(string.punctuation)  # one alone says nothing to a person


def highlighted_spans(text: str, attribution: Attribution) -> list[Span]:
    """Choose the words that count as the reasons of a score.

    Args:
        text: The text that was explained.
        attribution: The parts of one attribute's score.

    Returns:
        Spans of `attribution` in the order of the text; neighbours are not joined.
    """
    words = [span for span in attribution.spans if _has_meaning(text[span.start : span.end])]
    strongest = max((span.contribution for span in words), default=0.0)
    return [span for span in words if 0 < span.contribution >= SHARE_OF_STRONGEST * strongest]


def _has_meaning(word: str) -> bool:
    return word not in _SIGNS and word.lower() not in STOPWORDS["en"]
