"""What strangers send can have megabytes: its length is looked at before anything else is done."""

import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest

from moderation.accounts.moderators import moderator_name, name_key
from moderation.comments import InvalidComment, Submission, page_title
from moderation.imports.plain_text import disqus_text, html_text, markdown_text, plain_name
from moderation.imports.records import UnreadableRow
from moderation.pages.page_keys import naming_parameters, page_key
from moderation.review.notes import note_text
from moderation.sanctions import sanction_reason
from moderation.site_fields import site_key_name, site_title

MARKS = "a" + "\u0315\u0300" * 500_000  # which normal forms put in order, one by one
USUAL = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued.", "parent": "c1"}
# Putting them in order takes 80 MB and more; a page's key is cut at 65,534 and takes 13 MB.
MOST_MEMORY = 25_000_000
READERS = (
    *(page_key, page_title, naming_parameters, name_key, moderator_name, note_text),
    *(sanction_reason, site_title, site_key_name, html_text, disqus_text, markdown_text),
    plain_name,
)


def memory_of(read: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        with suppress(ValueError):
            read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("read", READERS)
def test_no_field_is_normalised_before_its_length_is_known(
    read: Callable[[str], object],
) -> None:
    assert memory_of(lambda: read(f"/{MARKS}")) < MOST_MEMORY


@pytest.mark.parametrize("field", [*USUAL, "url", "title", "query"])
def test_no_field_of_a_comment_is_normalised_before_its_length_is_known(field: str) -> None:
    sent = {**USUAL, field: f"/{MARKS}"}

    assert memory_of(lambda: Submission.parse(sent)) < MOST_MEMORY


def test_a_text_that_is_far_too_long_is_refused_with_its_length() -> None:
    sentence = "text has 1,000,001 characters, at most 10,000 are allowed"
    with pytest.raises(InvalidComment, match=sentence):
        Submission.parse({**USUAL, "text": MARKS})


def test_a_key_of_megabytes_is_one_page_and_another_end_another_one() -> None:
    first, second = page_key(f"/{MARKS}b"), page_key(f"/{MARKS}c")

    assert first == page_key(f"/{MARKS}b") != second
    assert len(first) <= 500


def test_of_a_list_without_end_the_first_parameters_count() -> None:
    assert naming_parameters("story, " * 200_000)[:2] == ("story", "story")
    assert len(naming_parameters("a " * 200_000)) == 500


@pytest.mark.parametrize("read", [html_text, disqus_text, markdown_text])
def test_formatting_is_taken_off_no_text_that_is_far_too_long(read: Callable[[str], str]) -> None:
    assert read("<b>a</b> " * 4_444) == " ".join(["a"] * 4_444)
    with pytest.raises(
        UnreadableRow, match="45,000 long with its formatting, at most 40,000 characters"
    ):
        read("<b>a</b> " * 5_000)


def test_a_name_too_long_for_anybody_is_no_moderator_s() -> None:
    assert name_key("Ada" + " " * 10_000) != name_key("Ada")
