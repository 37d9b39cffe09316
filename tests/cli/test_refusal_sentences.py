"""What storage refuses is one sentence that says what to do, and exit code 1."""

import click
import pytest

from cli.refusals import refusals_as_sentences
from moderation.accounts.moderators import LastAdmin, ModeratorNotFound
from moderation.sites import SiteNotFound


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (SiteNotFound("news"), "there is no site news: `parley site list` shows all"),
        (
            ModeratorNotFound("Bea"),
            "there is no moderator of this name: `parley moderator list` shows all",
        ),
        (LastAdmin(), "somebody must stay an active admin: make another one first"),
    ],
)
def test_a_refusal_is_a_sentence(refusal: Exception, sentence: str) -> None:
    with pytest.raises(click.ClickException) as raised, refusals_as_sentences():
        raise refusal

    assert (raised.value.message, raised.value.exit_code) == (sentence, 1)


def test_any_other_error_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), refusals_as_sentences():
        raise ZeroDivisionError
