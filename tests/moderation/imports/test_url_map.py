"""Where the pages of an old system are now."""

import pytest

from moderation.imports.url_map import InvalidUrlMap, UrlMap

MAP = UrlMap.parse(
    (
        "# old and new",
        "",
        "https://old.example/* https://new.example/*",
        "https://old.example/blog/*  /posts/*",
        "https://old.example/a /b",
    )
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://old.example/x?p=1", "https://new.example/x?p=1"),
        ("https://old.example/blog/x", "/posts/x"),
        ("https://old.example/a", "/b"),
        ("https://other.example/a", "https://other.example/a"),
    ],
)
def test_the_longest_beginning_that_fits_counts(old: str, new: str) -> None:
    assert MAP.new_address(old) == new


@pytest.mark.parametrize("line", ["/a", "/a /b /c", "/a* /b", "/a /b*", "/a*b* /c*"])
def test_a_line_that_says_nothing_is_named(line: str) -> None:
    with pytest.raises(InvalidUrlMap, match="line 2"):
        UrlMap.parse(["/x /y", line])
