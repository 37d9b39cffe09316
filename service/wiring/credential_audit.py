"""Audits that a program came in by a credential, and from where."""

from flask import request

from moderation.audit_chain import AuditAction, AuditEntry
from moderation.keys import hash_token
from moderation.storage.system.credential_uses import CredentialUse
from service.http.client_address import client_address
from service.wiring.parts import parts


def audit_use(credential: str, action: AuditAction, whose: str, name: str | None = None) -> None:
    """Note that this request came by a credential.

    Args:
        credential: The secret itself, or its hash.
        action: What was used.
        whose: Its holder, as the audit log names them.
        name: What the holder calls it; None where they have one.
    """
    address = client_address(request, parts().settings.trusted_proxies)
    address_hash = parts().addresses.hash(address, parts().clock())
    state = {"address_hash": address_hash} | ({} if name is None else {"name": name})
    entry = AuditEntry(whose, action, whose, after=state)
    parts().credential_uses.note(CredentialUse(hash_token(credential), address_hash), entry)
