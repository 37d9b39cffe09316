"""Make `table.py` from the Unicode Character Database: `python -m characters.generate FOLDER`.

The folder holds the database's text files; on Debian the package unicode-data puts them into
/usr/share/unicode. What Unicode has no property for was measured in Chromium 156: the ink and the
width of every code point, once with the fonts DejaVu and Liberation, once with Noto. Private,
unassigned and noncharacter code points are drawn as a box there, which is seen; only those that
Unicode keeps as ignorable are drawn as nothing.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Set
from pathlib import Path

from characters.ranges import ranges_of

TABLE = Path(__file__).with_name("table.py")

# U+FFF9 to U+FFFB have no width in DejaVu, U+FFFC (object replacement) in neither set of fonts.
_DRAWN_AS_NOTHING = frozenset(range(0xFFF9, 0xFFFD))
# Braille's blank in both, the musical null notehead in Noto: no ink, as wide as a letter.
_DRAWN_AS_BLANK = frozenset({0x2800, 0x1D159})
_LINES = frozenset(map(ord, "\t\n"))

_ROW = re.compile(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*; *(\w+(?: \w+)*)")
_VERSION = re.compile(r"-(\d+\.\d+\.\d+)\.txt")
_HEAD = '''"""Characters that a browser draws as nothing or as a blank.

Made by `characters.generate`, not by hand.
"""

from characters.ranges import Ranges

UNICODE_VERSION = "{version}"
'''


def source_of_table(folder: Path) -> str:
    """The source of `table.py` from the database's files in the folder."""
    core = _code_points(folder / "DerivedCoreProperties.txt")["Default_Ignorable_Code_Point"]
    categories = _code_points(folder / "extracted" / "DerivedGeneralCategory.txt")
    white_space = _code_points(folder / "PropList.txt")["White_Space"]
    blocks = _code_points(folder / "Blocks.txt").items()
    accents = frozenset[int]().union(*(b for name, b in blocks if name.startswith("Combining ")))
    parts = (
        _tuple("CONTROLS", "Cc but tab and line feed", categories["Cc"] - _LINES),
        _tuple("IGNORABLE", "Default_Ignorable_Code_Point but Lo", core - categories["Lo"]),
        _tuple("DRAWN_AS_NOTHING", "measured", _DRAWN_AS_NOTHING),
        _tuple("FILLERS", "Default_Ignorable_Code_Point and Lo: Hangul", core & categories["Lo"]),
        _tuple("SEPARATORS", "Zl and Zp", categories["Zl"] | categories["Zp"]),
        _tuple("DRAWN_AS_BLANK", "measured", _DRAWN_AS_BLANK),
        _tuple("WHITE_SPACE", "White_Space", white_space),
        _tuple("ACCENTS", "the blocks of combining marks that belong to no script", accents),
    )
    return _HEAD.format(version=_version(folder / "DerivedCoreProperties.txt")) + "".join(parts)


def _version(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        match = _VERSION.search(next(lines))
    if match is None:
        sentence = f"{path} does not begin with its version"
        raise ValueError(sentence)
    return match[1]


def _code_points(path: Path) -> dict[str, set[int]]:
    """The code points of each property, category or block that the file names."""
    named: dict[str, set[int]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        if row := _ROW.match(line):
            first, last, name = row.groups()
            named[name].update(range(int(first, 16), int(last or first, 16) + 1))
    return named


def _tuple(name: str, origin: str, code_points: Set[int]) -> str:
    rows = [f"(0x{first:04X}, 0x{last:04X})," for first, last in ranges_of(code_points)]
    inside = rows[0] if len(rows) == 1 else "".join(f"\n    {row}" for row in rows) + "\n"
    return f"\n# {origin}\n{name}: Ranges = ({inside})\n"


if __name__ == "__main__":
    TABLE.write_text(source_of_table(Path(sys.argv[1])), encoding="utf-8")
