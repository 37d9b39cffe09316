"""A site: its name and origins, and what it takes as a comment."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from characters.length import length_of
from moderation.choices.safeguards import USUAL, Safeguards
from moderation.choices.site_languages import ENGLISH_ONLY, SiteLanguages
from moderation.choices.suspect_words import NO_WORDS, SuspectWords
from moderation.comments import MAX_TEXT, InvalidComment, Mistake, Submission
from moderation.own_comments.edits import DEFAULT_EDIT_MINUTES, Edit
from moderation.pages.origins import is_listed, origin_of
from moderation.policy import DEFAULT, SitePolicy
from moderation.rules.site_rules import NO_RULES, SiteRules


class SiteNotFound(LookupError):
    """No site has this name."""


class SiteExists(ValueError):
    """A site has this name already."""


class SiteKeyNotFound(LookupError):
    """The site has no key of this name."""


class SiteKeyExists(ValueError):
    """The site has a key of this name already."""


class CoralSecretNotFound(LookupError):
    """The site has no secret of Coral by this number."""


class CoralSecretExists(ValueError):
    """The site has this secret of Coral already."""


class KeyScope(StrEnum):
    """What a key lets its holder do."""

    SUBMIT = "submit"  # comments; and all that SCORE does
    TRUSTED = "trusted"  # all that SUBMIT does, and say when a comment was written
    READ = "read"  # the site's comments, whatever their status
    SCORE = "score"  # ask for scores, and say what a text is: for programs that others wrote
    MODERATE = "moderate"  # decide; and all that READ does

    def allows(self, other: "KeyScope") -> bool:
        """Whether a key of this scope may do what one of the other may."""
        return other is self or other in _INCLUDED.get(self, ())


_INCLUDED = {
    KeyScope.SUBMIT: (KeyScope.SCORE,),
    KeyScope.TRUSTED: (KeyScope.SUBMIT, KeyScope.SCORE),
    KeyScope.MODERATE: (KeyScope.READ,),
}
DEFAULT_KEY = "default"  # the name of a key that was given none


def default_key(scope: KeyScope) -> str:
    """The name of a key of this scope that was given none."""
    return DEFAULT_KEY if scope is KeyScope.SUBMIT else scope.value


@dataclass(frozen=True, slots=True)
class SiteKey:
    """A key of a site's servers; only its hash is kept.

    Attributes:
        id: Storage's own number, never shown.
        name: What the site's people call it.
        key_hash: Of the key.
        created_at: When it was made.
        last_used_at: When it let somebody in, to the minute; None: never yet.
        scope: What it lets its holder do.
    """

    id: int
    name: str
    key_hash: str
    created_at: datetime
    last_used_at: datetime | None = None
    scope: KeyScope = KeyScope.SUBMIT


@dataclass(frozen=True, slots=True)
class SiteRates:
    """How often may be submitted, as "30 per minute" or NO_LIMIT; None: as the server has it.

    Attributes:
        submit: By one reader's address.
        key: By all of the site's servers together.
    """

    submit: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A website that takes comments here.

    Attributes:
        id: Storage's own number, never shown.
        name: Its name in URLs and commands.
        title: What people call it.
        origins: Where its pages are, as browsers spell them.
        policy: What it changes of the default policy.
        max_text: How many characters a comment may have.
        nudges: Whether an author is told once which words would make a comment wait.
        reader_mail: Whether readers may leave an e-mail address, and get mails there.
        edit_minutes: How long an author may change a comment; 0: not at all.
        rates: How often readers and its servers may submit.
        languages: Those that are written on its pages.
        suspects: The words that make a comment wait.
        keys: Those that its servers submit by, the oldest first.
        rules: What it holds or rejects whatever the scores are; a page may have its own.
        coral_secrets: By which its Coral signs, the oldest first.
        safeguards: What it does against programs, and with what nobody wants to keep.
    """

    id: int
    name: str
    title: str
    origins: tuple[str, ...]
    policy: SitePolicy = DEFAULT
    max_text: int = MAX_TEXT
    edit_minutes: int = DEFAULT_EDIT_MINUTES
    nudges: bool = False
    reader_mail: bool = False
    rates: SiteRates = SiteRates()
    languages: SiteLanguages = ENGLISH_ONLY
    suspects: SuspectWords = NO_WORDS
    keys: tuple[SiteKey, ...] = ()
    rules: SiteRules = NO_RULES
    coral_secrets: tuple[str, ...] = field(default=(), repr=False)
    safeguards: Safeguards = USUAL

    def owns(self, url: str) -> bool:
        """Whether the address is on one of the site's origins."""
        return self.lists(origin_of(url))

    def lists(self, origin: str | None) -> bool:
        """Whether the origin, as a browser sends it, is one of the site's."""
        return is_listed(origin, self.origins)

    def admit(self, written: Submission | Edit) -> None:
        """Raise InvalidComment where the site is stricter than Parley itself."""
        length = length_of(written.text)
        if length > self.max_text:
            sentence = f"text has {length:,} characters, this site allows {self.max_text:,}"
            mistake = Mistake("length", length, self.max_text)
            raise InvalidComment(sentence, field="text", mistake=mistake)
