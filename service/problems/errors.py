"""What can be wrong with a request, beside what the rules of comments say."""

from moderation.notifications.wording import counted


class MalformedBody(ValueError):
    """The body is not what its content type says."""


class LengthMissing(ValueError):
    """The request has a body without a Content-Length."""


class BodyTooSlow(TimeoutError):
    """The body did not come in time."""


class MonitoringRefused(PermissionError):
    """The client is in no network that may monitor this Parley."""


class UnreadableAddress(ValueError):
    """One of the operator's own proxies forwarded something that is no address."""


class WrongContentType(ValueError):
    """The body is neither JSON nor a form."""


class WrongOrigin(PermissionError):
    """The request's Origin is not one of the site's, and no key was given."""


class WrongKey(PermissionError):
    """The key given is not the site's."""


class InvalidQuestion(ValueError):
    """A program asks for scores in another way than its protocol says."""


class KeyMissing(PermissionError):
    """A program asks for scores without a key."""


class KeyRefused(ValueError):
    """The key is no site's, said as Google says it: by 400, unlike WrongKey."""


class ModelMissing(RuntimeError):
    """The model was refused: nothing can be scored until an operator mends it."""


class WrongSignature(PermissionError):
    """What a program sent was signed by no secret of the site."""


class WrongAuthorToken(PermissionError):
    """The author's token is missing, or that of another comment."""


class ForeignForm(PermissionError):
    """A moderator's form that this moderator's own page did not make."""


class ProviderUnavailable(ConnectionError):
    """The provider that vouches for moderators does not answer, or not as one does."""


class NotProven(PermissionError):
    """What only its holder may change, asked for without the right password."""


class InvalidQuery(ValueError):
    """A query parameter is missing or wrong."""

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class Unscored(RuntimeError):
    """Nothing can be said of a text: there is no model that can be used, or it failed on it."""


class RateLimitExceeded(RuntimeError):
    """The sender's limit is used up for `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        seconds = counted(retry_after, "second")
        super().__init__(f"too many from here for now; please try again in {seconds}")
        self.retry_after = retry_after
