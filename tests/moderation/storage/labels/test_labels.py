"""Labels are kept once for each text, source and attribute, and go with what they are about."""

import pytest

from moderation.comments import Comment
from moderation.labels import InvalidLabel, Label, LabelSource
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.labels.labels import Labels
from moderation.storage.sites.site_removal import SiteRemoval
from tests.support.clock import FakeClock
from tests.support.factories import submission

SPAM = Label("Buy pills", "spam", 1.0, LabelSource.AKISMET)


@pytest.fixture
def labels(database: Database, clock: FakeClock, site: Site) -> Labels:
    return Labels(database, clock)


@pytest.fixture
def stored(comments: Comments, site: Site) -> Comment:
    return comments.add(site, submission(text="You are a fool"), Submitter())


def values(labels: Labels, site: Site) -> list[tuple[str, str, float, str | None]]:
    return [
        (label.text, label.attribute, label.value, label.comment) for label in labels.of_site(site)
    ]


def test_a_later_label_takes_the_place_of_the_same_source(labels: Labels, site: Site) -> None:
    ham = Label("Buy pills", "spam", 0.0, LabelSource.AKISMET)
    other = Label("Buy pills", "spam", 1.0, LabelSource.CORAL)

    labels.add(site, [SPAM])
    labels.add(site, [SPAM, ham, other])

    assert values(labels, site) == [
        ("Buy pills", "spam", 0.0, None),
        ("Buy pills", "spam", 1.0, None),
    ]


def test_a_label_of_a_comment_has_its_text(labels: Labels, site: Site, stored: Comment) -> None:
    labels.add(site, [Label(None, "insult", 1.0, LabelSource.IMPORT, comment=stored.id)])

    assert values(labels, site) == [("You are a fool", "insult", 1.0, stored.id)]


def test_erasing_a_comment_removes_its_labels_and_those_of_its_text(
    labels: Labels, database: Database, clock: FakeClock, site: Site, stored: Comment
) -> None:
    of_text = Label("You are a fool", "insult", 1.0, LabelSource.SUGGESTSCORE)
    of_comment = Label(None, "insult", 1.0, LabelSource.IMPORT, comment=stored.id)
    labels.add(site, [of_text, of_comment, SPAM])

    Erasures(database, clock).by_author(stored.id)

    assert values(labels, site) == [("Buy pills", "spam", 1.0, None)]


def test_more_labels_than_are_read_at_once_come_in_order(labels: Labels, site: Site) -> None:
    many = [Label(f"text {k}", "spam", 1.0, LabelSource.IMPORT) for k in range(2_001)]

    labels.add(site, many)

    assert [label.text for label in labels.of_site(site)] == [label.text for label in many]


def test_a_site_takes_its_labels_along(
    labels: Labels, database: Database, clock: FakeClock, site: Site, stored: Comment
) -> None:
    labels.add(site, [SPAM, Label(None, "spam", 0.0, LabelSource.IMPORT, comment=stored.id)])

    SiteRemoval(database, clock).remove(site.name)

    assert Sites(database, clock).all() == []
    assert values(labels, site) == []


def test_only_a_label_of_the_site_is_removed(labels: Labels, site: Site) -> None:
    labels.add(site, [SPAM])
    number = next(labels.of_site(site)).id

    assert not labels.remove(site, number + 1)
    assert labels.remove(site, number)
    assert values(labels, site) == []


@pytest.mark.parametrize(
    ("attribute", "value", "weight"),
    [("sadness", 1.0, 1.0), ("spam", 1.1, 1.0), ("spam", float("nan"), 1.0), ("spam", 0.5, -0.1)],
)
def test_what_cannot_be_learnt_from_is_no_label(
    attribute: str, value: float, weight: float
) -> None:
    with pytest.raises(InvalidLabel, match="must be"):
        Label("a", attribute, value, LabelSource.IMPORT, weight)


def test_a_label_is_of_a_text_or_of_a_comment() -> None:
    with pytest.raises(InvalidLabel, match="either"):
        Label(None, "spam", 1.0, LabelSource.IMPORT)
