"""A score's reasons in a terminal: each word tinted, underlined and followed by what it adds."""

from rich.console import Group
from rich.text import Text

from models.serving.explain import Attribution, Explanation
from models.serving.highlights import SHARE_OF_STRONGEST

# Shares of the largest contribution from which a word is shown as this; the strongest first.
_STRENGTHS = (
    (0.85, "bold underline white on red"),
    (SHARE_OF_STRONGEST, "bold underline red"),
    (0.1, "underline yellow"),
)
_CALMING = "green"
_NAMED_FROM = 0.3  # in the list of what is no word


def explained(text: str, explanation: Explanation, attribute: str = "toxicity") -> Group:
    """The text with its reasons, then what belongs to no word; the same without colour."""
    attribution = explanation.attributions[attribute]
    unattributed = attribution.unattributed.items()
    rest = {name: added for name, added in unattributed if abs(added) >= _NAMED_FROM}
    words = sum(span.contribution for span in attribution.spans)
    small = attribution.logit - sum(rest.values()) - words
    lines = [f"{added:+6.2f}  {name}" for name, added in rest.items()]
    lines.append(f"{small:+6.2f}  all other signs of its shape")
    return Group(
        _words(text, attribution), "", *(Text(line) for line in lines), _sum(attribution, attribute)
    )


def _words(text: str, attribution: Attribution) -> Text:
    shown, last = Text(), 0
    largest = max((abs(span.contribution) for span in attribution.spans), default=1.0)
    for span in attribution.spans:
        shown.append(_printable(text[last : span.start]))
        shown.append(_printable(text[span.start : span.end]), _style(span.contribution / largest))
        if _style(span.contribution / largest):
            shown.append(f"[{span.contribution:+.1f}]", "dim")
        last = span.end
    return shown.append(_printable(text[last:]))


def _style(share: float) -> str:
    if share <= -_STRENGTHS[-1][0]:
        return _CALMING
    return next((style for least, style in _STRENGTHS if share >= least), "")


def _sum(attribution: Attribution, attribute: str) -> Text:
    words = sum(span.contribution for span in attribution.spans)
    return Text(
        f"{words:+6.2f}  words\n{attribution.logit:+6.2f}  log-odds of {attribute}, all summed"
    )


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)
