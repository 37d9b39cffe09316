"""Normal forms are Unicode's, also of a letter with very many marks."""

import sys
import unicodedata
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from characters.normal_forms import _LONG_RUN as LONG_RUN
from characters.normal_forms import NormalForm, normalised

FORMS = get_args(NormalForm)
PACKAGES = ("characters", "cli", "judging", "models", "moderation", "service", "worker")
# Marks of many places, letters with marks, and what is taken apart in one way or the other.
SIGNS = "aéかが\u0301\u0323\u0334\u0345\u05b0\u0344\u0f73\u0f75\uff9e\u3099"
SIGNS += "\u1f82\u200d\u1100\u1161\ufb01"


@given(st.text(SIGNS, max_size=200), st.text())
def test_a_normal_form_is_unicodes(marks: str, text: str) -> None:
    for form in FORMS:
        for whole in (marks, text + marks + text):
            assert normalised(form, whole) == unicodedata.normalize(form, whole)


def test_every_mark_belongs_to_a_run() -> None:
    for sign in map(chr, range(sys.maxunicode + 1)):
        if "\ud800" <= sign <= "\udfff":
            continue
        if unicodedata.combining(unicodedata.normalize("NFKD", sign)[0]):
            assert LONG_RUN.fullmatch(sign * 30), hex(ord(sign))


@pytest.mark.parametrize("marks", ["\u0323\u0301", "\u0301\u0323", "\u0f73\u0323", "\uff9e\u0323"])
@pytest.mark.parametrize("form", FORMS)
def test_very_many_marks_do_not_take_long(form: NormalForm, marks: str) -> None:
    """The limit of the test itself would end it: sorted by pairs these take hours."""
    assert len(normalised(form, "a" + marks * 500_000)) >= 500_000


def test_no_other_module_normalises_texts() -> None:
    """Each of them could stand still for a minute over one comment."""
    root = Path(__file__).parents[2]
    of_signs = {"normal_forms.py", "normalise_offsets.py"}  # the latter one sign after the other
    modules = [
        path
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
        if "unicodedata.normalize(" in path.read_text() and path.name not in of_signs
    ]

    assert not modules
