"""The table is what the script makes of Unicode's own files."""

from pathlib import Path

import pytest

from characters import generate, table
from characters.generate import source_of_table
from characters.ranges import character_class, ranges_of

INSTALLED = Path("/usr/share/unicode")  # Debian's package unicode-data
FILES = {
    "DerivedCoreProperties.txt": (
        "# DerivedCoreProperties-99.0.0.txt\n"
        "00AD          ; Default_Ignorable_Code_Point # Cf       SOFT HYPHEN\n"
        "115F..1160    ; Default_Ignorable_Code_Point # Lo   [2] HANGUL FILLERS\n"
        "0041..005A    ; Alphabetic # L&  [26] LATIN CAPITAL LETTERS\n"
    ),
    "extracted/DerivedGeneralCategory.txt": (
        "0000..001F    ; Cc #  [32] <control-0000>..<control-001F>\n"
        "115F..1160    ; Lo #   [2] HANGUL FILLERS\n"
        "2028          ; Zl #       LINE SEPARATOR\n"
        "2029          ; Zp #       PARAGRAPH SEPARATOR\n"
    ),
    "PropList.txt": "0020          ; White_Space # Zs       SPACE\n",
    "Blocks.txt": "0000..007F; Basic Latin\n0300..036F; Combining Diacritical Marks\n",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_each_range_comes_from_its_property(database: Path) -> None:
    made: dict[str, object] = {}

    exec(source_of_table(database), made)  # noqa: S102 - our own source, as an import runs it

    assert made["UNICODE_VERSION"] == "99.0.0"
    assert made["CONTROLS"] == ((0, 8), (0xB, 0x1F))
    assert made["IGNORABLE"] == ((0xAD, 0xAD),)
    assert made["FILLERS"] == ((0x115F, 0x1160),)
    assert made["SEPARATORS"] == ((0x2028, 0x2029),)
    assert made["WHITE_SPACE"] == ((0x20, 0x20),)
    assert made["ACCENTS"] == ((0x300, 0x36F),)


def test_a_file_without_a_version_is_refused(database: Path) -> None:
    (database / "DerivedCoreProperties.txt").write_text("# nothing\n", encoding="utf-8")

    with pytest.raises(ValueError, match="does not begin with its version"):
        source_of_table(database)


def test_the_table_is_what_the_installed_files_give() -> None:
    if not INSTALLED.is_dir():
        pytest.skip("no Unicode files here: `apt-get install unicode-data` brings them")
    made = source_of_table(INSTALLED)
    if f'"{table.UNICODE_VERSION}"' not in made:
        pytest.skip(f"the files here are not those of Unicode {table.UNICODE_VERSION}")

    assert generate.TABLE.read_text(encoding="utf-8") == made


def test_ranges_hold_what_they_are_made_of_and_no_more() -> None:
    assert ranges_of([3, 1, 2, 2, 7]) == ((1, 3), (7, 7))
    assert ranges_of([]) == ()


def test_a_class_is_written_without_what_it_shall_not_match() -> None:
    parts = ((0x41, 0x43),), ((0x200B, 0x200D), (0xE0000, 0xE0FFF))

    assert character_class(*parts, without="B") == (r"\x41\x43\u200b-\u200d\U000e0000-\U000e0fff")
