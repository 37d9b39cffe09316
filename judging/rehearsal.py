"""Judge some texts before processes fork: what is built at its first use is then built once."""

from judging.comment_scoring import read_each
from judging.judge import Judge
from judging.loaded_model import Model
from moderation.review.setting_outcome import RecentComment
from moderation.sites import Site

# Plainly English, English with words that no list has, another language, another script.
_TEXTS = (
    "Thank you for this article, it was a pleasure to read.",
    "The flumbix of Mr Zorbelius is wonderful, hahaha! www.shop.example costs $5",
    "Das ist ein ganz normaler Satz, den niemand böse meint.",
    "Это обычный текст, который никто не читал.",
)


def rehearse(model: Model) -> None:
    """Read and judge texts of several languages; nothing is made of it.

    Without it each job needs up to 100 ms more of the processor for its first comment, and 8 MB of
    its own (measured).
    """
    if model.classifier is None:
        return
    texts = [RecentComment(number, "Anna Lee", text, None) for number, text in enumerate(_TEXTS)]
    readings, judge = read_each(model.classifier, texts), Judge(model.policy)
    site = Site(0, "rehearsal", "Rehearsal", ())
    for comment in texts:
        if comment.id in readings:
            judge.decision(readings[comment.id], comment, site)
