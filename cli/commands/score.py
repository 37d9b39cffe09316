"""`parley score`: the classifier's scores of texts, as a table or as JSON Lines."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from cli.asked_texts import Scorer, scorer_of
from cli.classifier import load_model
from cli.output.coloured_text import explained
from cli.output.outcome_sentences import outcome_sentence
from cli.output.score_table import score_table, short
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
    names. A text in another language than English has the score of its own model, or none.

    JSON Lines get "language" and its "grade": decides, sorts or unknown; with --decide or --site
    also "decision" (approved, flagged or rejected) and "reasons". A line that is wrong gets "error"
    in its place, and the exit code is 1.

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
    _print(scorer, texts, with_status=decide, explain=explain)


def _print(scorer: Scorer, texts: Sequence[str], *, with_status: bool, explain: bool) -> None:
    """The table, what would become of each text, and the words that made the scores."""
    console, answers = Console(highlight=False), scorer.answers(texts)
    console.print(score_table(scorer, texts, answers))
    for text, answer in zip(texts, answers, strict=True):
        sentence = outcome_sentence(answer.decision, with_status=with_status)
        console.print(Text.assemble(short(text), ": ", sentence))
    if any(answer.is_of_classifier for answer in answers):
        console.print(Text(scorer.classifier.measured_on))
    for text, answer in zip(texts, answers, strict=True) if explain else ():
        explanation = scorer.explanation(text, answer)
        if explanation is None:
            console.print(Text.assemble(short(text), ": no words are shown, since it has no score"))
        else:
            console.print(explained(text, explanation), "")
