"""`parley score`: the classifier's scores of texts, as a table or as JSON Lines."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.classifier import load_model
from cli.output.coloured_text import explained
from cli.output.outcome_sentences import decision_on_name, decision_on_text, outcome_sentence
from judging.loaded_model import policy_of
from models.serving.author_names import as_scored
from models.serving.classifier import Classifier
from models.serving.explain import Explanation
from moderation.policy import Decision

_AT_A_TIME = 256
_RIGHT = 'right is a JSON object such as {"text": "Nice article."}'


@click.command()
@click.argument("texts", nargs=-1)
@click.option("--jsonl", is_flag=True, help="Read JSON Lines from stdin and write JSON Lines.")
@click.option("--explain", is_flag=True, help="Show which words made the score of toxicity.")
@click.option("--name", "as_name", is_flag=True, help="TEXTS are authors' names.")
@click.option(
    "--model",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of another artefact.",
)
def score(
    texts: tuple[str, ...], *, jsonl: bool, explain: bool, as_name: bool, model: Path | None
) -> None:
    """Score TEXTS: probabilities from 0 to 1, one per attribute.

    Below, what would become of each where a site changes nothing: approved, or why it waits. With
    --name they are read as names.

    \b
    Examples:
      parley score "What a thoughtful article." "You are an idiot."
      parley score --explain "You are an idiot."
      parley score --name "Ada Lovelace" "Buy cheap pills"
      echo '{"text": "Nice article."}' | parley score --jsonl
    """
    if jsonl == bool(texts):
        sentence = "give either texts to score, or --jsonl and lines on standard input"
        raise click.UsageError(sentence)
    scorer = Scorer(load_model(model), as_name=as_name)
    if jsonl:
        _score_lines(scorer, sys.stdin.buffer, explain=explain)
        return
    console = Console(highlight=False)
    scores = scorer.score(texts)
    console.print(_table(scorer, texts, scores))
    for text, of_text in zip(texts, scores, strict=True):
        sentence = outcome_sentence(scorer.decision(text, of_text))
        console.print(Text.assemble(_shown(text), ": ", sentence))
    console.print(Text(scorer.classifier.measured_on))
    for text in texts if explain else ():
        console.print(explained(text, scorer.explain(text)), "")


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores texts, or names as a worker reads them."""

    classifier: Classifier
    as_name: bool

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        return self.classifier.score([self._scored(text) for text in texts])

    def explain(self, text: str) -> Explanation:
        return self.classifier.explain(self._scored(text))

    def decision(self, text: str, scores: dict[str, float]) -> Decision:
        if self.as_name:
            return decision_on_name(text, scores)
        return decision_on_text(text, scores, policy_of(self.classifier))

    def _scored(self, text: str) -> str:
        return as_scored(text) if self.as_name else text


def _table(scorer: Scorer, texts: Sequence[str], scores: Sequence[dict[str, float]]) -> Table:
    attributes = scorer.classifier.attributes
    headers = [attribute.replace("_", "_\n") for attribute in attributes]
    title = "name" if scorer.as_name else "text"
    table = Table(title, *headers, box=SIMPLE_HEAD, padding=0, collapse_padding=True)
    for text, of_text in zip(texts, scores, strict=True):
        table.add_row(_shown(text), *(f"{of_text[attribute]:.4f}" for attribute in attributes))
    return table


def _shown(text: str) -> Text:
    """Printable and short; what is in square brackets is text, not markup."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return Text(printable if len(printable) <= 60 else printable[:59] + "…")


def _score_lines(scorer: Scorer, lines: Iterable[bytes], *, explain: bool) -> None:
    numbered = enumerate(lines, start=1)
    while batch := list(islice(numbered, _AT_A_TIME)):
        texts = [_text(number, line) for number, line in batch]
        for text, scores in zip(texts, scorer.score(texts), strict=True):
            answer: dict[str, Any] = {"scores": {name: round(p, 4) for name, p in scores.items()}}
            if scorer.as_name:
                answer["reasons"] = [why.rule for why in decision_on_name(text, scores).reasons]
            if explain:
                spans = scorer.explain(text).attributions["toxicity"].spans
                answer["spans"] = [(start, end, round(added, 6)) for start, end, added in spans]
            click.echo(json.dumps(answer))


def _text(number: int, line: bytes) -> str:
    """The text of one line, or the reason why there is none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        sentence = f"line {number} is not JSON; {_RIGHT}"
        raise click.ClickException(sentence) from wrong
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        sentence = f"line {number} has no text; {_RIGHT}"
        raise click.ClickException(sentence)
    return text
