"""A site's suspect words: typed, of a file, and of the lists that come with Parley."""

from io import BytesIO

import pytest
from flask import Flask

from moderation.choices.suspect_words import SuspectWords
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from tests.support.moderator_browser import Browser

DEMO = "/moderate/sites/demo"
PAGE = f"{DEMO}/suspects"


def suspects_of(sites: Sites) -> SuspectWords:
    return sites.get("demo").suspects


def test_words_are_one_a_line_and_audited_without_them(
    anna: Browser, site: Site, sites: Sites, database: Database
) -> None:
    answer = anna.send(f"{PAGE}/words", words="gun  sale*\r\n\r\nGUN SALE*\r\n笨蛋\r\n")

    assert suspects_of(sites).words == ("GUN SALE*", "笨蛋")
    page = anna.page(answer.location)
    assert "Saved: new comments that have one of these words wait." in page
    assert "GUN SALE*\n笨蛋</textarea>" in page
    newest = AuditLog(database).newest(1)[0]
    assert (newest.actor, newest.action) == ("moderator Anna", "site_changed")
    assert "笨蛋" not in str(newest)


def test_a_file_comes_to_the_words_that_are_typed(anna: Browser, site: Site, sites: Sites) -> None:
    file = (BytesIO("\ufeffeins\r\nzwei drei\n\n".encode()), "words.txt")

    assert anna.send(f"{PAGE}/words", words="one", file=file).status_code == 303

    assert suspects_of(sites).words == ("one", "eins", "zwei drei")


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        ("straße".encode("latin-1"), 400, "is not UTF-8"),
        (b"a\0b", 422, "file is no text"),
        (b"*", 422, "a word is a line of 1 to 80 visible characters"),
    ],
)
def test_a_file_of_something_else_is_refused(
    anna: Browser, site: Site, sites: Sites, content: bytes, status: int, sentence: str
) -> None:
    answer = anna.send(f"{PAGE}/words", words="one", file=(BytesIO(content), "words.txt"))

    assert answer.status_code == status
    assert sentence in answer.text
    assert suspects_of(sites) == SuspectWords()


def test_nothing_typed_is_lost_for_a_wrong_word(anna: Browser, site: Site, sites: Sites) -> None:
    words = "right\r\n" + "x" * 81

    answer = anna.send(f"{PAGE}/words", words=words)

    assert answer.status_code == 422
    assert "Nothing was saved: a word is" in answer.text
    assert f"{'x' * 81}</textarea>" in answer.text
    assert suspects_of(sites) == SuspectWords()


def test_lists_are_on_while_they_are_checked(anna: Browser, site: Site, sites: Sites) -> None:
    answer = anna.send(f"{PAGE}/lists", lists=["de", "fr"])
    assert suspects_of(sites).lists == ("de", "fr")
    assert 'value="de" checked' in anna.page(answer.location)

    anna.send(f"{PAGE}/lists", lists="fr")
    assert suspects_of(sites).lists == ("fr",)
    anna.send(f"{PAGE}/lists")
    assert suspects_of(sites) == SuspectWords()


def test_a_list_that_is_not_there_is_said(anna: Browser, site: Site) -> None:
    answer = anna.send(f"{PAGE}/lists", lists="eu")

    assert answer.status_code == 422
    assert "Parley has no list of suspect words in Basque" in answer.text


def test_thousands_of_words_fit_into_the_form(
    app: Flask, anna: Browser, site: Site, sites: Sites
) -> None:
    words = [f"{number:04}{'ä' * 12}" for number in range(2_000)]

    assert anna.send(f"{PAGE}/words", words="\r\n".join(words)).status_code == 303
    assert len(suspects_of(sites).words) == 2_000
