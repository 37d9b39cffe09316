"""What a browser makes of HTML, as far as tests ask: elements, their attributes and their text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "input", "link", "meta"}


@dataclass
class HtmlElement:
    tag: str
    attributes: dict[str, str]
    children: list["HtmlElement"] = field(default_factory=list)
    text: str = ""  # of it and of all that is in it

    def all(self, tag: str = "", **attributes: str) -> list["HtmlElement"]:
        """The elements in it with this tag and these attributes, in their order; `klass` is one."""
        if "klass" in attributes:
            attributes["class"] = attributes.pop("klass")
        inside = [one for child in self.children for one in (child, *child.all())]
        return [
            one
            for one in inside
            if tag in ("", one.tag)
            and all(one.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> "HtmlElement":
        (only,) = self.all(tag, **attributes)
        return only


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [HtmlElement("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = HtmlElement(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def outline(html: str) -> HtmlElement:
    """The document; an element that is not closed in its place fails the test."""
    parser = _Outline()
    parser.feed(html)
    parser.close()
    assert len(parser.open) == 1, f"<{parser.open[-1].tag}> is not closed"
    return parser.open[0]
