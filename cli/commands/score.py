"""`parley score`: the classifier's scores of texts, as a table or as JSON Lines."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.asked_texts import Scorer, scorer_of
from cli.classifier import load_model
from cli.output.coloured_text import explained
from cli.output.outcome_sentences import outcome_sentence
from cli.scored_lines import LineFormat, score_lines


@click.command()
@click.argument("texts", nargs=-1)
@click.option("--jsonl", is_flag=True, help="Read JSON Lines from stdin and write JSON Lines.")
@click.option("--explain", is_flag=True, help="Show which words made the score of toxicity.")
@click.option("--name", "as_name", is_flag=True, help="TEXTS are authors' names.")
@click.option("--decide", is_flag=True, help="Say what would become of each, and why.")
@click.option("--site", "site_name", help="Decide by the policy of this site.")
@click.option(
    "--model",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of another artefact.",
)
def score(
    *,
    texts: tuple[str, ...],
    jsonl: bool,
    explain: bool,
    as_name: bool,
    decide: bool,
    site_name: str | None,
    model: Path | None,
) -> None:
    """Score TEXTS: probabilities from 0 to 1, one per attribute.

    Below, what would become of each where a site changes nothing: approved, or why it waits. With
    --site by the policy, languages and suspect words of that site. With --name they are read as
    names.

    JSON Lines get "decision" (approved, flagged or rejected) and "reasons" with --decide or --site.
    A line that is wrong gets "error" in its place, and the exit code is 1.

    \b
    Examples:
      parley score "What a thoughtful article." "You are an idiot."
      parley score --explain "You are an idiot."
      parley score --name "Ada Lovelace" "Buy cheap pills"
      parley score --site my-paper "You are an idiot."
      echo '{"text": "Nice article."}' | parley score --jsonl --decide
    """
    if jsonl == bool(texts):
        sentence = "give either texts to score, or --jsonl and lines on standard input"
        raise click.UsageError(sentence)
    scorer = scorer_of(load_model(model), site_name, as_name=as_name)
    decide = decide or site_name is not None
    if jsonl:
        with_reasons = decide or as_name
        score_lines(sys.stdin.buffer, LineFormat(scorer, explain, decide, with_reasons))
        return
    console = Console(highlight=False)
    console.print(_table(scorer, texts))
    for text, decision in zip(texts, scorer.decisions(texts), strict=True):
        sentence = outcome_sentence(decision, with_status=decide)
        console.print(Text.assemble(_shown(text), ": ", sentence))
    console.print(Text(scorer.classifier.measured_on))
    for text in texts if explain else ():
        console.print(explained(text, scorer.explain(text)), "")


def _table(scorer: Scorer, texts: Sequence[str]) -> Table:
    attributes = scorer.classifier.attributes
    headers = [attribute.replace("_", "_\n") for attribute in attributes]
    title = "name" if scorer.as_name else "text"
    table = Table(title, *headers, box=SIMPLE_HEAD, padding=0, collapse_padding=True)
    for text, of_text in zip(texts, scorer.score(texts), strict=True):
        table.add_row(_shown(text), *(f"{of_text[attribute]:.4f}" for attribute in attributes))
    return table


def _shown(text: str) -> Text:
    """Printable and short; what is in square brackets is text, not markup."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return Text(printable if len(printable) <= 60 else printable[:59] + "…")
