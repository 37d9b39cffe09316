"""Scores and decides texts that nobody submitted, as a worker would with a site's comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from judging.comment_scoring import Reading, read_each
from judging.judge import Judge, spoken_on
from judging.loaded_model import policy_of
from judging.spoken_languages import LANGUAGES
from models.serving.author_names import as_scored
from models.serving.classifier import Classifier
from models.serving.explain import Explanation
from models.serving.languages import MIXED, UNDETERMINED, Grade
from models.serving.languages.grades import ENGLISH
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
class Answer:
    """What the models say of a text or a name, and what would become of it.

    Attributes:
        scores: By attribute; empty where no model here can score its language.
        decision: By the site's policy.
        language: A code, as `TextReading` has it; None for a name.
        grade: How far the scores may go.
    """

    scores: Mapping[str, float]
    decision: Decision
    language: str | None = None
    grade: Grade = Grade.DECIDES

    @property
    def is_of_classifier(self) -> bool:
        """Whether the model of English and of names gave the scores."""
        return self.language in (None, ENGLISH)

    @property
    def language_or_none(self) -> str | None:
        """None too where the language cannot be told, or there are several."""
        return None if self.language in (MIXED, UNDETERMINED) else self.language


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores texts by the models of their languages, or names, as a worker reads them.

    Attributes:
        classifier: The model of English and of names.
        as_name: Whether what is asked about are authors' names.
        site: By whose policy and languages is decided.
        staff: The names of its moderators.
    """

    classifier: Classifier
    as_name: bool
    site: Site = _NO_SITE
    staff: Sequence[str] = ()

    def answers(self, texts: Sequence[str]) -> list[Answer]:
        """One for each text, or for a comment without words by each name."""
        asked = [self._asked(number, text) for number, text in enumerate(texts)]
        readings = read_each(self.classifier, asked, lambda _: spoken_on(self.site))
        judge = Judge(policy_of(self.classifier), self.staff)
        return [self._answer(judge, comment, readings.get(comment.id)) for comment in asked]

    def explanation(self, text: str, answer: Answer) -> Explanation | None:
        """What each word adds to the scores, by the model that gave them; None without scores."""
        if not answer.scores:
            return None
        if answer.is_of_classifier:
            return self.classifier.explain(as_scored(text) if self.as_name else text)
        return LANGUAGES.classifier(str(answer.language)).explain(text)

    def _asked(self, number: int, text: str) -> AskedText:
        return AskedText(number, text, "") if self.as_name else AskedText(number, "", text)

    def _answer(self, judge: Judge, comment: AskedText, reading: Reading | None) -> Answer:
        if reading is None:  # its model raised an error
            failed = decide({}, judge.policy, doubts=[SCORING_FAILED])
            return Answer({}, failed, UNDETERMINED, Grade.UNKNOWN)
        decision = judge.decision(reading, comment, self.site)
        if self.as_name:
            return Answer(reading.name.scores, decision)
        return Answer(reading.scores, decision, reading.text.language, reading.text.grade)


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
