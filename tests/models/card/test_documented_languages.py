"""The guide's table of languages has the figures of the shipped manifest."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.serving.classifier import ARTEFACT
from models.serving.languages.language_manifest import read_manifest
from moderation.choices.site_languages import language_name

GUIDE = Path(__file__).parents[3] / "docs" / "languages.md"
MANIFEST = read_manifest(ARTEFACT / "languages")


def row(code: str, entry: Mapping[str, Any]) -> str:
    figures, held_out = entry["figures"], entry["figures"]["held_out"]
    shares = MANIFEST["identification"]["figures"][code]
    identified = shares.get("long", shares.get("short"))  # there may be no long comment
    cells = (
        f"{language_name(code)} `{code}`",
        entry["grade"],
        f"{figures['rows']:,}",
        f"{held_out['auc']:.2f}",
        f"{held_out['missed']:.0%}",
        f"{held_out['held']:.0%}",
        "; ".join(unseen(name, figures["unseen"][name]) for name in figures["unseen"]) or "none",
        f"{identified:.1%}",
    )
    return f"| {' | '.join(cells)} |"


def unseen(name: str, figures: Mapping[str, Any]) -> str:
    source = name.replace("_", " ")
    shares = f"{figures['missed']:.0%} pass, {figures['held']:.0%} wait"
    return f"{source} {figures['auc']:.2f} ({shares})"


def test_each_language_has_its_row() -> None:
    guide = GUIDE.read_text(encoding="utf-8")

    rows = [row(code, entry) for code, entry in MANIFEST["languages"].items()]

    assert [line for line in rows if line not in guide] == []


def test_it_says_how_often_english_is_told() -> None:
    short, long = (MANIFEST["identification"]["figures"]["en"][size] for size in ("short", "long"))

    words = " ".join(GUIDE.read_text(encoding="utf-8").split())
    assert f"in {short:.1%} of held-out comments under 40 letters, and in {long:.1%} of" in words
