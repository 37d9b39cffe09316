"""Read the elements of an XML file one after the other, however long it is."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from moderation.imports.records import BrokenFile

_CHUNK = 65_536
_MAX_DEPTH = 64
_MAX_ELEMENT = 16_000_000  # characters in one of the elements that are given
_EACH = 200  # that any element in it counts, also an empty one: that much memory it takes
_SEPARATOR = " "
_CUT = "it ends in the middle: it is cut"
_WRONG_ENCODING = "it is no XML there, or not in the encoding that its first line says, or UTF-8"
_UNKNOWN_ENCODING = "it cannot be read in the encoding that its first line says: save it as UTF-8"
_WHY = {
    expat.errors.XML_ERROR_NO_ELEMENTS: _CUT,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: _CUT,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION: _CUT,
    expat.errors.XML_ERROR_PARTIAL_CHAR: _CUT,
    expat.errors.XML_ERROR_INVALID_TOKEN: _WRONG_ENCODING,
    expat.errors.XML_ERROR_UNKNOWN_ENCODING: _UNKNOWN_ENCODING,
    expat.errors.XML_ERROR_INCORRECT_ENCODING: _UNKNOWN_ENCODING,
}


@dataclass(slots=True)
class Element:
    """An element with what is in it.

    Attributes:
        name: With its namespace before it, after a space.
        line: Where it begins.
    """

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def child(self, name: str) -> "Element | None":
        """Return the first child of this name."""
        for child in self.children:  # asked for each field of each comment: no generator
            if child.name == name:
                return child
        return None

    def text_of(self, name: str) -> str:
        """Return the text of the first child of this name, without spaces around it."""
        child = self.child(name)
        return "" if child is None else child.text.strip()


def elements(
    file: IO[bytes], root: str, names: Collection[str], parts: Collection[str] = ()
) -> Iterator[Element]:
    """Yield each element of these names, with its children, as soon as it ends.

    Args:
        file: The file.
        root: The name of its outermost element, without its namespace.
        names: Elements within others of these names are only given as their children.
        parts: Names, without their namespace, of children that may be any number: each is given by
            itself, before what it is in, and not with it.

    Raises:
        BrokenFile: It is no such XML, or declares entities, which such files need none of.
    """
    reader = _Reader(root, names, parts)
    try:
        while chunk := file.read(_CHUNK):
            reader.parser.Parse(chunk, False)
            yield from reader.finished()
        reader.parser.Parse(b"", True)
    except BrokenFile:
        raise
    except (LookupError, ValueError) as error:
        sentence = f"line 1: {_UNKNOWN_ENCODING}"
        raise BrokenFile(sentence) from error
    except expat.ExpatError as error:
        what = expat.errors.messages[error.code]
        why = _WHY.get(what, "it is no XML there")
        sentence = f"line {error.lineno}, column {error.offset + 1}: {why}"
        raise BrokenFile(sentence) from error
    yield from reader.finished()


class _Reader:
    def __init__(self, root: str, names: Collection[str], parts: Collection[str]) -> None:
        self._root = root
        self._names = names
        self._parts = parts
        self._depth = 0
        self._open: list[Element] = []
        self._lengths: dict[int, int] = {}  # of those to be given, by their place in `_open`
        self._finished: deque[Element] = deque()
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._refuse_entity

    def finished(self) -> Iterator[Element]:
        while self._finished:
            yield self._finished.popleft()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name.rpartition(_SEPARATOR)[2] != self._root:
            own = name.rpartition(_SEPARATOR)[2]
            self._refuse(f"its outermost element is <{own[:40]}>, not <{self._root}>")
        if self._depth > _MAX_DEPTH:
            self._refuse(f"elements are nested more than {_MAX_DEPTH} deep")
        if not self._open and name not in self._names:
            return
        element = Element(name, self.parser.CurrentLineNumber, attributes)
        if not self._open or self._is_part(name):
            self._lengths[len(self._open)] = 0
        else:
            self._open[-1].children.append(element)
        self._open.append(element)
        self._lengthen(_EACH)

    def _is_part(self, name: str) -> bool:
        return len(self._open) == 1 and name.rpartition(_SEPARATOR)[2] in self._parts

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if self._lengths.pop(len(self._open), None) is not None:
                self._finished.append(element)

    def _characters(self, text: str) -> None:
        if self._open:
            self._lengthen(len(text))
            self._open[-1].text += text

    def _lengthen(self, more: int) -> None:
        innermost = max(self._lengths)
        self._lengths[innermost] += more
        if self._lengths[innermost] > _MAX_ELEMENT:
            self._refuse("one element has too much in it")

    def _refuse_entity(self, *_declaration: object) -> None:
        self._refuse("it declares an entity, which no such file needs")

    def _refuse(self, why: str) -> None:
        sentence = f"line {self.parser.CurrentLineNumber}: {why}"
        raise BrokenFile(sentence)
