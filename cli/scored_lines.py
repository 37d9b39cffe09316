"""JSON Lines in, JSON Lines out: each line's scores in its place, or what is wrong with it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import click

from cli.asked_texts import Answer, Scorer
from moderation.notifications.wording import counted
from moderation.policy import TOXICITY

_AT_A_TIME = 256
_RIGHT = 'right is a JSON object such as {"text": "Nice article."}'


class WrongLine(ValueError):
    """A line has no text to score; the sentence says what would be right."""


@dataclass(frozen=True, slots=True)
class LineFormat:
    """What an answer has beside the scores.

    Attributes:
        scorer: Scores and decides.
        spans: What each word adds to the score of toxicity.
        decision: What would become of the text.
        reasons: The rules by which it waits or is rejected.
    """

    scorer: Scorer
    spans: bool
    decision: bool
    reasons: bool

    def answers(self, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
        """One for each text."""
        for text, answer in zip(texts, self.scorer.answers(texts), strict=True):
            rounded = {name: round(score, 4) for name, score in answer.scores.items()}
            language = self._language(answer)
            yield {
                "scores": rounded,
                **language,
                **self._outcome(answer),
                **self._spans(text, answer),
            }

    def _language(self, answer: Answer) -> dict[str, Any]:
        """Of a text, with how far its scores may go; a name is in none."""
        if self.scorer.as_name:
            return {}
        return {"language": answer.language_or_none, "grade": answer.grade}

    def _outcome(self, answer: Answer) -> dict[str, Any]:
        if not self.reasons:
            return {}
        reasons = {"reasons": [reason.rule for reason in answer.decision.reasons]}
        return {"decision": answer.decision.status, **reasons} if self.decision else reasons

    def _spans(self, text: str, answer: Answer) -> dict[str, Any]:
        if not self.spans:
            return {}
        explanation = self.scorer.explanation(text, answer)
        spans = () if explanation is None else explanation.attributions[TOXICITY].spans
        return {"spans": [(start, end, round(added, 6)) for start, end, added in spans]}


def score_lines(lines: Iterable[bytes], form: LineFormat) -> None:
    """Print an answer for each line, in order.

    Raises:
        click.ClickException: At the end, where lines were wrong.
    """
    numbered, number, wrong = enumerate(lines, start=1), 0, []
    while batch := list(islice(numbered, _AT_A_TIME)):
        rows = [_text(number, line) for number, line in batch]
        number += len(rows)
        wrong += [row for row in rows if isinstance(row, WrongLine)]
        answers = form.answers([row for row in rows if isinstance(row, str)])
        for row in rows:
            answer = {"error": str(row)} if isinstance(row, WrongLine) else next(answers)
            click.echo(json.dumps(answer))
    if wrong:
        sentence = f"{wrong[0]}. {counted(len(wrong), 'line')} of {number:,} got no scores"
        raise click.ClickException(sentence)


def _text(number: int, line: bytes) -> str | WrongLine:
    """The text of one line, or why there is none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return WrongLine(f"line {number} is not JSON; {_RIGHT}")
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        return WrongLine(f"line {number} has no text; {_RIGHT}")
    return text
