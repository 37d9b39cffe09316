"""Take an e-mail address that a reader leaves with a comment, and ask whether it is theirs.

A confirmed address is believed of nobody but whoever has the author's token of a comment that it
was confirmed for. Else one could subscribe another's address to threads of one's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from moderation.accounts.email_addresses import InvalidEmailAddress, email_address
from moderation.comments import InvalidComment, Mistake, optional_text
from moderation.keys import derive_key
from moderation.notifications.reader_mails import MailWish, address_hash
from moderation.sites import Site
from service.languages.accepted import accepted_language
from service.problems.errors import RateLimitExceeded
from service.wiring.parts import parts

# So that nobody can be flooded with questions through Parley.
ADDRESS_LIMITS = ("3 per hour", "6 per day")
NETWORK_LIMIT = "10 per hour"
SERVER_LIMIT = "1000 per hour"  # of a site's own server, which submits for all its readers
OFF, LIMITED = "off", "limited"


def takes_mail_wishes(site: Site) -> bool:
    """Whether readers of the site may ask for mails."""
    return site.reader_mail and parts().settings.mail is not None


@dataclass(frozen=True, slots=True)
class WishedMail:
    """What was sent with a comment.

    Attributes:
        address: Empty where the site mails no readers.
        earlier: The id of an earlier comment for which the sender has confirmed the address.
    """

    address: str
    earlier: str | None


def wished_mail(fields: Mapping[str, object], site: Site) -> WishedMail | None:
    """The wish for mails; None where no address was sent.

    A site that mails nobody does not read it: a page may still have the field.

    Raises:
        InvalidComment: It is no e-mail address, or a field has another type.
    """
    value, earlier = (optional_text(fields, name) for name in ("email", "earlier"))
    if value is None or not value.strip():
        return None
    if not takes_mail_wishes(site):
        return WishedMail("", earlier)
    try:
        return WishedMail(email_address(value), earlier)
    except InvalidEmailAddress as error:
        sentence = f"email must be an e-mail address: {error}"
        raise InvalidComment(sentence, field="email", mistake=Mistake("email")) from error


def subscribe(comment_id: str, site: Site, address: str, *, proof: str | None, who: str) -> str:
    """Subscribe an address to a comment, and say what becomes of it.

    Args:
        comment_id: The comment that it came with.
        site: The comment's.
        address: As `wished_mail` gives it.
        proof: A comment whose author's token the sender has; None for no such.
        who: The hash of the sender's address, or the site's name for its server.

    Returns:
        `asked`, `confirmed`, or why not: `limited`, `off`.
    """
    if not address:
        return OFF
    known_by = address_hash(parts().secret, site.id, address)
    subscriptions = parts().subscriptions
    is_proven = proof is not None and subscriptions.is_confirmed(proof, known_by)
    limit = SERVER_LIMIT if who == site.name else NETWORK_LIMIT
    if not is_proven and not _may_ask(address, who, limit):
        return LIMITED
    wish = MailWish(site.id, address, known_by, _language(), is_proven)
    return subscriptions.add(comment_id, wish)


def _may_ask(address: str, who: str, limit_of_sender: str) -> bool:
    known_by = derive_key(parts().secret, f"question to:{address.lower()}").hex()
    try:
        parts().limits.hit(limit_of_sender, what="mail question by", who=who)
        for limit in ADDRESS_LIMITS:
            parts().limits.hit(limit, what="mail question to", who=known_by)
    except RateLimitExceeded:
        return False
    return True


def _language() -> str:
    return accepted_language(request).code
