"""Which words count as the reasons of a score."""

from models.explain import Reasons, Span

# A word is a reason when it adds this share of what the strongest word adds: best on the training
# part of SemEval 2021 task 5, whose trial part gives the figure.
SHARE_OF_STRONGEST = 0.5


def marked_spans(reasons: Reasons) -> list[Span]:
    """The words that count as reasons; neighbours stay apart."""
    least = SHARE_OF_STRONGEST * strongest(reasons)
    return [span for span in reasons.spans if 0 < span.contribution >= least]


def strongest(reasons: Reasons) -> float:
    """What the word with the highest contribution adds, 0 where none adds anything."""
    return max((span.contribution for span in reasons.spans), default=0.0)
