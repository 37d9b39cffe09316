"""Measure how a page is laid out."""

from itertools import pairwise

from playwright.sync_api import Page, expect

# Every text with its colour and what is painted behind it, as red, green, blue of 0 to 255.
TEXTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const behind = (at) =>
    at ? [...behind(at.parentElement), getComputedStyle(at).backgroundColor] : [];
  const isText = (child) => child.nodeType === Node.TEXT_NODE && child.data.trim();
  return [...document.querySelectorAll("body *:not(svg *)")]
    .filter((at) => at.checkVisibility())
    .filter((at) => at.matches("input, textarea") || [...at.childNodes].some(isText))
    .map((at) => [
      at.textContent.trim().slice(0, 40),
      paint([...behind(at), getComputedStyle(at).color]),
      paint(behind(at)),
    ]);
}"""


LEVELS = "headings => headings.map(heading => Number(heading.tagName[1]))"


UNNAMED = """() => [...document.querySelectorAll("button, a, input:not([type=hidden]), textarea")]
  .filter((at) => !at.closest("[hidden]"))
  .filter((at) => !(at.ariaLabel || at.labels?.[0]?.textContent || at.textContent).trim()).length"""


def luminance(colour: list[int]) -> float:
    """WCAG 2.2, relative luminance."""
    shares = [value / 255 for value in colour]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[int], other: list[int]) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def assert_in_order(page: Page) -> None:
    """One first heading, and none that leaves out a level: axe calls neither serious."""
    levels = page.locator("h1, h2, h3, h4").evaluate_all(LEVELS)
    assert (levels[0], levels.count(1)) == (1, 1), page.url
    assert all(after - before <= 1 for before, after in pairwise(levels)), page.url


def assert_fits(page: Page, *widths: int) -> None:
    """Nothing is wider than the screen."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width, page.url


def with_every_state(page: Page) -> Page:
    """A comment of one's own, a reply begun, an error beside a field and one above the button."""
    for text in (
        "An approved comment, well said.",
        "You stupid idiot and moron, shut up, you shit.",
    ):
        page.get_by_label("Name", exact=True).fill("Lena")
        page.get_by_label("Comment Text", exact=True).fill(text)
        page.get_by_role("button", name="Post comment").click()
        expect(page.get_by_label("Comment Text", exact=True)).to_have_value("")
    page.get_by_role("button", name="Reply to Lena").first.click()
    page.get_by_label("Comment Text", exact=True).fill(" ")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("#parley-text-wrong")).not_to_be_empty()
    return page
