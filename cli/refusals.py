"""Say in one sentence what a command cannot do, and end with exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from moderation.accounts.moderators import (
    AlreadyActive,
    LastAdmin,
    ModeratorExists,
    ModeratorNotFound,
)
from moderation.audit_chain import BrokenChain
from moderation.imports.records import BrokenFile
from moderation.notifications.signing import SecretMismatch
from moderation.notifications.webhooks import WebhookNotFound
from moderation.pages.page_claims import PageNotFound
from moderation.rules.rule_fields import InvalidRules
from moderation.sites import (
    CoralSecretExists,
    CoralSecretNotFound,
    SiteExists,
    SiteKeyExists,
    SiteKeyNotFound,
    SiteNotFound,
)
from moderation.storage.backups.backup_file import BackupRefused
from moderation.storage.moving.staging import StagingFailed
from moderation.storage.sites.rule_versions import NoFormerRules

# What is wrong, then what to do; {} is what the exception says itself.
_SENTENCES: dict[type[Exception], str] = {
    AlreadyActive: "{}: `parley moderator reset`",
    BackupRefused: "{}",
    BrokenChain: "{}",
    CoralSecretExists: "{}",
    CoralSecretNotFound: "{}: `parley site coral` shows all of the site",
    InvalidRules: "{}",
    LastAdmin: "{}",
    ModeratorExists: "{}: `parley moderator reset` makes a new sign-in link",
    ModeratorNotFound: "there is no moderator of this name: `parley moderator list` shows all",
    BrokenFile: "nothing was imported: {}",
    NoFormerRules: "{}",
    PageNotFound: "there is no page {} with comments",
    SecretMismatch: "{}",
    SiteExists: "{}: `parley site set` changes it, `parley site show` says what it has",
    SiteKeyExists: "{}: give another --name, or first `parley site revoke-key`",
    SiteKeyNotFound: "there is no key {}: `parley site keys` shows all of the site",
    SiteNotFound: "there is no site {}: `parley site list` shows all",
    StagingFailed: "stopped: {}; the same command goes on from there",
    WebhookNotFound: "there is no webhook {}: `parley webhook list` shows all",
}


@contextmanager
def refusals_as_sentences() -> Iterator[None]:
    """Turn what the rules and the storage refuse into one sentence for a person.

    Raises:
        click.ClickException: In place of each exception that has a sentence here.
    """
    try:
        yield
    except tuple(_SENTENCES) as error:
        sentence = _SENTENCES[type(error)].format(error)
        raise click.ClickException(sentence) from error
