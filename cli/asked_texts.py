"""Scores and decides texts that nobody submitted, as a worker would with a site's comments."""

from collections.abc import Sequence
from dataclasses import dataclass

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from judging.comment_scoring import read_each
from judging.judge import Judge, spoken_on
from judging.loaded_model import policy_of
from models.serving.author_names import as_scored
from models.serving.classifier import Classifier
from models.serving.explain import Explanation
from moderation.clock import utc_now
from moderation.policy import SCORING_FAILED, Decision, decide
from moderation.sanctions import SanctionKind
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites

_NO_SITE = Site(0, "", "", ())  # that changes nothing of the policy


@dataclass(frozen=True, slots=True)
class AskedText:
    """A text or a name that is only asked about."""

    id: int
    name: str
    text: str
    sanction: SanctionKind | None = None


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores texts, or names as a worker reads them.

    Attributes:
        classifier: The model.
        as_name: Whether what is asked about are authors' names.
        site: By whose policy is decided.
        staff: The names of its moderators.
    """

    classifier: Classifier
    as_name: bool
    site: Site = _NO_SITE
    staff: Sequence[str] = ()

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Probabilities by attribute, one dictionary for each text."""
        return self.classifier.score([self._scored(text) for text in texts])

    def explain(self, text: str) -> Explanation:
        """What each word adds to the scores."""
        return self.classifier.explain(self._scored(text))

    def decisions(self, texts: Sequence[str]) -> list[Decision]:
        """What would become of each text, or of a comment without words by each name."""
        asked = [self._asked(number, text) for number, text in enumerate(texts)]
        readings = read_each(self.classifier, asked, lambda _: spoken_on(self.site))
        judge = Judge(policy_of(self.classifier), self.staff)
        failed = decide({}, judge.policy, doubts=[SCORING_FAILED])
        return [
            judge.decision(readings[comment.id], comment, self.site)
            if comment.id in readings
            else failed
            for comment in asked
        ]

    def _asked(self, number: int, text: str) -> AskedText:
        return AskedText(number, text, "") if self.as_name else AskedText(number, "", text)

    def _scored(self, text: str) -> str:
        return as_scored(text) if self.as_name else text


def scorer_of(classifier: Classifier, site_name: str | None, *, as_name: bool) -> Scorer:
    """A scorer by the policy of the site, or by the default one where no site is named.

    Raises:
        click.ClickException: There is no such site, or the database cannot be used.
    """
    if site_name is None:
        return Scorer(classifier, as_name)
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site = Sites(database, utc_now).get(site_name)
        return Scorer(classifier, as_name, site, Moderators(database, utc_now).names())
