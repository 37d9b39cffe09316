"""Which words count as the reasons of a score."""

import string

from models.serving.explain import Reasons, Span
from models.serving.stopwords import LITTLE_WORDS

# A word is a reason when it adds this share of what the strongest word adds, and is not one of the
# little ones: best on the training part of SemEval 2021 task 5, whose trial part gives the figure.
SHARE_OF_STRONGEST = 0.4
_SIGNS = frozenset(string.punctuation)  # one alone says nothing to a person


def marked_spans(text: str, reasons: Reasons) -> list[Span]:
    """The words of the text that count as its reasons; neighbours stay apart."""
    telling = [span for span in reasons.spans if _is_telling(text[span.start : span.end])]
    strongest = max((span.contribution for span in telling), default=0.0)
    return [span for span in telling if 0 < span.contribution >= SHARE_OF_STRONGEST * strongest]


def _is_telling(word: str) -> bool:
    return word not in _SIGNS and word.lower() not in LITTLE_WORDS["en"]
