"""Rules as a document: read strictly, written as they are read."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.rules.document import RULES, as_audited, as_document, changes_of, document_of
from moderation.rules.rule_fields import MOST_DOMAINS, MOST_WORDS, InvalidRules
from moderation.rules.site_rules import NO_RULES

HOURS = {"zone": "Europe/Berlin", "begin": "22:00", "end": "07:00"}
WHOLE = {
    "publish": "everything",
    "first_comments": 2,
    "banned_words": {"words": ["idiot*", "*viagra*"], "action": "wait"},
    "links": {"most": 0, "action": "reject", "allowed": ["a.example"], "banned": ["b.example"]},
    "repeats": 3,
    "quiet_hours": HOURS,
    "closing": {"after_days": 14, "closed": None},
}
WORDS = [f"word{number}" for number in range(MOST_WORDS)]
DOMAINS = [f"a{number}.example" for number in range(MOST_DOMAINS)]


def test_a_document_is_written_as_it_was_read() -> None:
    assert as_document(changes_of(WHOLE)) == WHOLE
    assert document_of(NO_RULES.changed(changes_of(WHOLE))) == WHOLE
    assert set(document_of(NO_RULES)) == set(RULES)
    assert changes_of(document_of(NO_RULES)) == {name: getattr(NO_RULES, name) for name in RULES}


def test_a_page_changes_only_what_its_document_has() -> None:
    site = NO_RULES.changed(changes_of(WHOLE))

    page = site.changed(changes_of({"repeats": None, "publish": "nothing"}))

    assert document_of(page) == {**WHOLE, "repeats": None, "publish": "nothing"}


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"first_comments": 0},
        {"first_comments": 20},
        {"repeats": 2},
        {"repeats": 100},
        {"closing": {"after_days": 1, "closed": True}},
        {"closing": {"after_days": 3650, "closed": False}},
        {"links": {"most": 100, "action": "wait", "allowed": [], "banned": DOMAINS}},
        {"banned_words": {"words": WORDS, "action": "reject"}},
        {"banned_words": {"words": ["x" * 80], "action": "reject"}},
    ],
)
def test_a_field_may_be_at_its_limit(document: dict[str, Any]) -> None:
    assert as_document(changes_of(document)) == document


@pytest.mark.parametrize(
    ("document", "field", "words"),
    [
        (None, "", "the document must be a JSON object"),
        ([], "", "the document must be a JSON object"),
        ({"first_comment": 1}, "first_comment", "did you mean first_comments?"),
        ({"Publish": "all"}, "Publish", "did you mean publish?"),
        ({"zzz": 1}, "zzz", "zzz is no field: known are publish, first_comments"),
        ({"publish": "all"}, "publish", "one of passing, nothing, everything"),
        ({"publish": None}, "publish", "one of passing, nothing, everything"),
        ({"publish": ["passing"]}, "publish", "one of passing, nothing, everything"),
        ({"first_comments": 21}, "first_comments", "a whole number from 0 to 20"),
        ({"first_comments": -1}, "first_comments", "a whole number from 0 to 20"),
        ({"first_comments": True}, "first_comments", "a whole number from 0 to 20"),
        ({"first_comments": 1.0}, "first_comments", "a whole number from 0 to 20"),
        ({"first_comments": "1"}, "first_comments", "a whole number from 0 to 20"),
        ({"repeats": 1}, "repeats", "a whole number from 2 to 100, or null"),
        ({"repeats": 101}, "repeats", "a whole number from 2 to 100, or null"),
        ({"banned_words": None}, "banned_words", "must be a JSON object"),
        ({"banned_words": {"word": []}}, "banned_words.word", "did you mean words?"),
        ({"banned_words": {"words": "x"}}, "banned_words.words", "a list of strings"),
        ({"banned_words": {"words": [1]}}, "banned_words.words", "a list of strings"),
        ({"banned_words": {"words": [*WORDS, "one"]}}, "banned_words.words", "at most 10,000"),
        ({"banned_words": {"words": ["x" * 81]}}, "banned_words.words", "1 to 80 visible"),
        ({"banned_words": {"words": ["a*b"]}}, "banned_words.words", "as idiot* or *viagra*"),
        ({"banned_words": {"words": ["*"]}}, "banned_words.words", "as idiot* or *viagra*"),
        ({"banned_words": {"words": [""]}}, "banned_words.words", "as idiot* or *viagra*"),
        ({"banned_words": {"action": "hold"}}, "banned_words.action", "one of wait, reject"),
        ({"links": {"most": 101}}, "links.most", "from 0 to 100, or null"),
        ({"links": {"most": -1}}, "links.most", "from 0 to 100, or null"),
        ({"links": {"banned": [*DOMAINS, "b.example"]}}, "links.banned", "at most 1,000"),
        ({"links": {"allowed": ["localhost"]}}, "links.allowed", "as shop.example"),
        ({"links": {"allowed": ["https://a.example"]}}, "links.allowed", "as shop.example"),
        ({"links": {"allowed": ["a.example/b"]}}, "links.allowed", "as shop.example"),
        ({"links": {"allowed": ["a@b.example"]}}, "links.allowed", "as shop.example"),
        ({"links": {"allowed": ["a.example:80"]}}, "links.allowed", "as shop.example"),
        ({"links": {"allowed": [f"{'a' * 254}.example"]}}, "links.allowed", "as shop.example"),
        ({"closing": {"after_days": 0}}, "closing.after_days", "from 1 to 3650, or null"),
        ({"closing": {"after_days": 3651}}, "closing.after_days", "from 1 to 3650, or null"),
        ({"closing": {"closed": "yes"}}, "closing.closed", "must be true or false, or null"),
        ({"closing": {"close": True}}, "closing.close", "did you mean closed?"),
        ({"quiet_hours": {}}, "quiet_hours.zone", "is missing: give zone, begin, end"),
        ({"quiet_hours": {**HOURS, "zone": "Europe/Berln"}}, "quiet_hours.zone", "Europe/Berlin?"),
        ({"quiet_hours": {**HOURS, "zone": "../etc/passwd"}}, "quiet_hours.zone", "a time zone"),
        ({"quiet_hours": {**HOURS, "zone": 1}}, "quiet_hours.zone", "a time zone"),
        ({"quiet_hours": {**HOURS, "begin": "24:00"}}, "quiet_hours.begin", "00:00 to 23:59"),
        ({"quiet_hours": {**HOURS, "begin": "7:30"}}, "quiet_hours.begin", "as 07:30"),
        ({"quiet_hours": {**HOURS, "begin": "07:60"}}, "quiet_hours.begin", "as 07:30"),
        ({"quiet_hours": {**HOURS, "begin": "0७:30"}}, "quiet_hours.begin", "as 07:30"),
        ({"quiet_hours": {**HOURS, "end": "22:00"}}, "quiet_hours.end", "another minute"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(
    document: object, field: str, words: str
) -> None:
    with pytest.raises(InvalidRules) as refusal:
        changes_of(document)

    assert (refusal.value.field, words in str(refusal.value)) == (field, True)


def test_words_and_domains_are_kept_once_as_they_are_compared() -> None:
    links = {"banned": ["A.example", "*.a.example", "a.example.", "bücher.example"]}

    changes = changes_of({"banned_words": {"words": [" Idiot ", "IDIOT"]}, "links": links})

    assert changes["banned_words"].words == ("IDIOT",)
    assert changes["links"].banned == ("a.example", "xn--bcher-kva.example")


def test_the_audit_log_learns_that_a_word_changed_and_not_which() -> None:
    before, after = (
        as_audited(document_of(NO_RULES.changed(changes_of({"banned_words": {"words": [word]}}))))
        for word in ("idiot", "moron")
    )

    assert before != after
    assert "moron" not in str(after)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*RULES, "words", "most", "zone", "begin"]) | st.text(), inner
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_is_rules_or_refused_in_a_sentence(document: object) -> None:
    changes = {}
    with suppress(InvalidRules):
        changes = changes_of(document)

    assert changes_of(as_document(changes)) == changes
