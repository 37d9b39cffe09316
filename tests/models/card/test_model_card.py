import re

import pytest

from models.card.model_card import render_card
from models.serving.artefact import read_manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import ARTEFACT
from models.serving.stopwords import STOPWORDS

CARD = (ARTEFACT / "CARD.md").read_text(encoding="utf-8")


def test_the_shipped_card_is_the_one_its_training_would_write() -> None:
    assert render_card(read_manifest(ARTEFACT)) == CARD


def test_every_row_of_a_table_has_as_many_cells_as_its_header() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", CARD, re.MULTILINE)

    assert len(tables) >= 15
    for table in tables:
        assert len({row.count("|") for row in table.splitlines()}) == 1, table


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_has_thresholds_and_figures(attribute: str) -> None:
    assert CARD.count(f"\n| {attribute} |") >= 2


def test_the_card_counts_the_languages_that_the_model_tells_from_english() -> None:
    assert len(STOPWORDS) - 1 == 15
    assert "Fifteen other languages are recognised" in CARD
