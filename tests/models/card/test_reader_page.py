"""The first page of the card, in the words of an editor."""

from models.card.reader_page import reader_page
from models.serving.named_settings import NAMES

SETTING = {"held": 0.04, "caught": 0.75, "precision": None}


def kind(rows: int, share: float) -> dict[str, float]:
    return {"rows": rows, **dict.fromkeys(NAMES, share)}


def page() -> str:
    manifest = {
        "settings": dict.fromkeys(NAMES, SETTING),
        "everyday": {
            "ordinary": kind(900, 0.03),
            "ord_swear": kind(40, 0.6),
            "harm": kind(50, 0.7),
        },
        "unseen_sources": {"ord_youtube": kind(80, 0.02)},
    }
    return "\n".join(reader_page(manifest))


def test_each_setting_says_what_it_holds_and_catches() -> None:
    assert "| balanced (default) | 4.0% | 75.0% | not known |" in page()
    assert "| careful | 4.0% | 75.0% | not known |" in page()


def test_what_waits_too_often_is_named_first() -> None:
    assert "It holds up too often: friendly swearing" in page()
    assert "| under videos | 80 | 2.0% | 2.0% | 2.0% |" in page()


def test_a_model_without_these_figures_has_no_such_page() -> None:
    assert list(reader_page({})) == []
