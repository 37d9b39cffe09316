"""What other rules would have made of the last comments, in lines."""

from collections.abc import Iterator

from cli.output.outcome_sentences import outcome_sentence
from cli.output.short_line import short_line
from moderation.notifications.wording import counted
from moderation.review.rule_outcome import RuleOutcome


def rule_report(outcome: RuleOutcome | None, shown: int) -> Iterator[str]:
    """The lines; of comments that differ at most `shown` are named."""
    if outcome is None:
        yield "the model cannot be used, so every comment waits: `parley doctor` says why"
        return
    differing = len(outcome.differences)
    yield f"of the last {counted(outcome.number, 'comment')}, {differing:,} would differ"
    for now, then, number in outcome.counts:
        yield f"  {now} now, {then} then    {number:,}"
    for one in outcome.differences[:shown]:
        yield f"  {short_line(f'{one.comment.name}: {one.comment.text}')}"
        yield f"    {one.then.status}: {outcome_sentence(one.then)}"
