"""What a real browser draws as nothing is in the table, and the embed has the same table."""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from characters import table
from characters.hidden import BLANK, INVISIBLE, has_visible
from characters.ranges import Ranges, character_class, ranges_of
from moderation.text.links import ENDS
from tests.browser.test_embed_script import SOURCE

WITHOUT_INK = """codes => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = "16px sans-serif";
  return codes.filter((code) => {
    const drawn = context.measureText(String.fromCodePoint(code));
    const height = drawn.actualBoundingBoxAscent + drawn.actualBoundingBoxDescent;
    return height <= 0 || drawn.actualBoundingBoxLeft + drawn.actualBoundingBoxRight <= 0;
  });
}"""
MATCHES = """source => {
  const pattern = new RegExp(source, "u");
  const codes = Array.from({ length: 0x110000 }, (_, code) => code);
  return codes.filter((code) => pattern.test(String.fromCodePoint(code)));
}"""
PROPERTIES = {
    r"(?![\t\n])\p{Cc}": table.CONTROLS,
    r"(?!\p{Lo})\p{Default_Ignorable_Code_Point}": table.IGNORABLE,
    r"(?=\p{Lo})\p{Default_Ignorable_Code_Point}": table.FILLERS,
    r"[\p{Zl}\p{Zp}]": table.SEPARATORS,
    r"\p{White_Space}": table.WHITE_SPACE,
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_what_the_browser_draws_without_ink_is_in_the_table(page: Page) -> None:
    known = re.compile(f"[{INVISIBLE}{BLANK}{character_class(table.WHITE_SPACE)}]")
    drawn = [code for code in range(0x20000) if may_be_blank(chr(code))]

    without_ink = page.evaluate(WITHOUT_INK, drawn)

    assert {0x200B, 0x2800, 0x3000, 0x1D173, 0xFE0F} <= set(without_ink)
    assert [f"U+{code:04X}" for code in without_ink if not known.match(chr(code))] == []


def may_be_blank(character: str) -> bool:
    """Letters and digits have ink, but Hangul's fillers; Kana's marks have it where Kana is."""
    kind = unicodedata.category(character)
    return character not in "\u3099\u309a" and (
        kind in ("Cc", "Cf", "So") or kind[0] in "MZ" or "FILLER" in unicodedata.name(character, "")
    )


@pytest.mark.parametrize(("pattern", "ranges"), PROPERTIES.items())
def test_the_browser_knows_the_same_properties(page: Page, pattern: str, ranges: Ranges) -> None:
    assert ranges_of(page.evaluate(MATCHES, pattern)) == ranges


def test_script_and_server_end_an_address_at_the_same_of_all_characters(page: Page) -> None:
    source = re.search(r"const ENDS = String\.raw`(.*)`;", SOURCE)
    server = re.compile(f"[{ENDS}]")
    assert source

    ends = page.evaluate(MATCHES, f"[{source[1]}]")

    assert len(ends) > 4_000
    assert ends == [code for code in range(0x110000) if server.match(chr(code))]


DARK_BOXES = """async ([png, number]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return Array.from({ length: number }, (_, place) => {
    const box = context.getImageData((place % 20) * 40, Math.floor(place / 20) * 40, 40, 40);
    return box.data.some((value) => value < 200);
  });
}"""


PUT = """texts => {
  for (const text of texts) {
    const box = document.createElement("i");
    box.textContent = text;
    document.body.append(box);
  }
}"""
BOXES = """<style>
  body { margin: 0; display: flex; flex-wrap: wrap; align-content: start }
  i { width: 40px; height: 40px; overflow: hidden; font: 16px sans-serif }
</style>"""


def test_what_a_page_shows_without_ink_is_blank(page: Page) -> None:
    kinds = (table.IGNORABLE, table.FILLERS, table.WHITE_SPACE, table.DRAWN_AS_NOTHING)
    unseen = [chr(code) for ranges in kinds for ends in ranges for code in ends]
    seen = ["a", "漢", "\U0001fae8", "\U0001fae9", "\u0378", "\ue000"]
    texts = [*unseen, "\u2800", *seen]
    page.set_viewport_size({"width": 800, "height": 400})
    page.set_content(BOXES)
    page.evaluate(PUT, texts)
    png = b64encode(page.screenshot()).decode()

    has_ink = page.evaluate(DARK_BOXES, [png, len(texts)])

    blank = {text for text, ink in zip(texts, has_ink, strict=True) if not ink}
    assert {" ", "\u2800", "\u034f", "\ufe0f", "\u200b", "\U000e0fff"} <= blank
    assert [text for text in blank if has_visible(text)] == []
    assert blank.isdisjoint(seen)
