"""A long text does not fill the moderators' screen; what they write is counted before sending."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.chromium import OpenPage
from tests.support.filled_program import waiting_in
from tests.support.program import Program, running
from tests.support.queue_page import sign_in

LONG = "A sentence of a long comment. " * 320
TALL = "Hello" + "\n" * 4_000 + "End of it."


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    var = tmp_path_factory.mktemp("var")
    waiting_in(var, {"name": "Tall", "text": TALL}, {"name": "Long", "text": LONG})
    with running(var) as program:
        yield program


def test_long_texts_fold_and_blank_lines_are_counted(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    tall, long = (page.get_by_role("article", name=name) for name in ("Tall", "Long"))
    folded = long.locator(".text").bounding_box()
    assert folded is not None

    long.get_by_text("Read more: 9,600 characters").click()

    expect(tall.locator(".text")).to_contain_text("3,999 blank lines")
    expect(tall.get_by_text("Read more")).to_have_count(0)
    expect(long.get_by_text("Show less")).to_be_visible()
    whole = long.locator(".text").bounding_box()
    assert whole is not None
    assert folded["height"] < 400 < whole["height"]


def test_a_note_is_counted_as_the_server_counts_it(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    card = page.get_by_role("article", name="Long")
    card.get_by_text("Note", exact=False).first.click()
    field = card.get_by_label("A note for other moderators")

    field.fill("\U0001fae8" * 1_001)
    card.get_by_role("button", name="Save note").click()
    expect(card.locator(".characters-left")).to_have_text(
        "1 character too many, at most 1000 are allowed"
    )
    expect(card.get_by_role("list", name="Notes")).to_be_hidden()
    field.fill("\U0001fae8" * 1_000)
    expect(card.locator(".characters-left")).to_have_text("0 characters left")
    card.get_by_role("button", name="Save note").click()

    expect(card.get_by_role("list", name="Notes")).to_be_visible()
