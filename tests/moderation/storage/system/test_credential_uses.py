"""A use is audited once, also where several web servers see it."""

from moderation.audit_chain import AuditAction, AuditEntry
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from moderation.storage.system.credential_uses import CredentialUse, CredentialUses
from tests.support.clock import FakeClock

USE = CredentialUse("a" * 64, "b" * 32)
ENTRY = AuditEntry("moderator Anna", AuditAction.TOKEN_USED, "moderator Anna")


def test_one_use_that_two_web_servers_see_is_one_entry(
    database: Database, clock: FakeClock
) -> None:
    for server in (CredentialUses(database, clock), CredentialUses(database, clock)):
        for _ in range(2):
            server.note(USE, ENTRY)

    assert [row.action for row in AuditLog(database).newest(9)] == ["token_used"]
