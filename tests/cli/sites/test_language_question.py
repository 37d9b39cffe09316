"""A language decides by a site's own word alone, after its figures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import parley
from moderation.choices.site_languages import SiteLanguages
from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from tests.support.filled_program import prepare


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """With the site demo, which has English, German and Japanese."""
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))
    database = prepare(tmp_path)
    Sites(database, utc_now).change("demo", _in_three_languages)
    yield database
    database.close()


def _in_three_languages(site: Site) -> Site:
    return Site(
        site.id, site.name, site.title, site.origins, languages=SiteLanguages(("en", "de", "ja"))
    )


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(parley, ("site", "set", "demo", *arguments), input=answer)


def raised(database: Database) -> tuple[str, ...]:
    return Sites(database, utc_now).get("demo").languages.raised


@pytest.mark.parametrize(("answer", "expected"), [("y\n", ("de",)), ("n\n", ()), ("", ())])
def test_the_figures_come_before_the_question(
    database: Database, answer: str, expected: tuple[str, ...]
) -> None:
    output = run("--raise", "DE", answer=answer).output

    figures, _, asked = output.partition("Let scores decide in German")
    assert "German: sorts by itself" in figures
    assert "of toxic ones are published" in figures
    assert "which that model had not seen" in figures
    assert asked
    assert raised(database) == expected


def test_a_script_raises_and_lowers_without_a_question(database: Database) -> None:
    up = run("--raise", "de", "--yes")

    assert "Let scores decide" not in up.output
    assert "decided by its own word: German" in up.output
    assert raised(database) == ("de",)
    assert run("--lower", "de").exit_code == 0
    assert raised(database) == ()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("fr", "French is none of the site's languages: en, de, ja"),
        ("en", "English needs no word of the site"),
        ("ja", "Japanese cannot decide: Parley has no scores in it that are good enough"),
        ("klingon", "there is no language 'klingon' here; known are"),
    ],
)
def test_what_cannot_decide_is_refused_before_anything_is_asked(
    database: Database, code: str, sentence: str
) -> None:
    refused = run("--raise", code, answer="y\n")

    assert refused.exit_code == 2
    assert sentence in " ".join(refused.output.split())
    assert "Let scores decide" not in refused.output
    assert raised(database) == ()
