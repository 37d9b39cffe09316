"""What a program sends: a form in any charset, with far more fields than are looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from moderation.pages.page_keys import key_of_address
from moderation.text.encodings import text_encoding
from moderation.text.html_text import text_of_html

_MAX_FIELDS = 2_000  # WordPress sends about a hundred
_BLOG, _ADDRESS = "blog", "user_ip"
_TRUE = {"1", "true", "yes", "on"}
_TRAP = "POST_ak_hp_textarea"  # WordPress' own field that no person sees
SPAM_AUTHOR = "viagra-test-123"
SPAM_EMAIL = "akismet-guaranteed-spam@example.com"
HAM_ROLE = "administrator"


class MissingParameter(ValueError):
    """A parameter is missing or wrong; the sentence names it."""


@dataclass(frozen=True, slots=True)
class AkismetComment:
    """A comment that a program asks about.

    Attributes:
        blog: The address of the website that it was left on.
        page: The key of the page; None where none is named.
        address: Its author's, as it was sent.
        name: The same.
        text: As a reader sees it.
        is_test: Whether nothing may be learned of it.
        fixed_answer: What a program that is being tried out must hear; None: the text decides.
    """

    blog: str
    page: str | None
    address: str
    name: str
    text: str
    is_test: bool
    fixed_answer: bool | None


def fields_of_form(body: bytes) -> dict[str, str]:
    """The fields of a form by name; of several values the last counts.

    Args:
        body: As it came. It is UTF-8, or in the charset that its field `blog_charset` names.

    Raises:
        MissingParameter: It has thousands of fields.
    """
    try:
        # As Latin-1 each byte is one character: so the bytes come back.
        form = body.decode("latin-1")
        pairs = parse_qsl(
            form, keep_blank_values=True, encoding="latin-1", max_num_fields=_MAX_FIELDS
        )
    except ValueError as error:
        sentence = f"Send at most {_MAX_FIELDS} parameters"
        raise MissingParameter(sentence) from error
    charset = dict(pairs).get("blog_charset", "")
    return {_text(name, charset): _text(value, charset) for name, value in pairs}


def comment_of(fields: Mapping[str, str]) -> AkismetComment:
    """The comment; raises MissingParameter without the address of its website or author."""
    blog = blog_of(fields)
    address = fields.get(_ADDRESS, "").strip()
    if not address:
        raise _empty(_ADDRESS)
    return AkismetComment(
        blog=blog,
        page=key_of_address(fields.get("permalink", "").strip()),
        address=address,
        name=fields.get("comment_author", "").strip(),
        text=text_of_html(fields.get("comment_content", "")),
        is_test=fields.get("is_test", "").strip().lower() in _TRUE,
        fixed_answer=_fixed_answer(fields),
    )


def blog_of(fields: Mapping[str, str]) -> str:
    """The address of the website; raises MissingParameter where it is none."""
    blog = fields.get(_BLOG, "").strip()
    if not blog:
        raise _empty(_BLOG)
    try:
        address = urlsplit(blog if "://" in blog else f"https://{blog}")
    except ValueError:
        address = urlsplit("")
    if address.scheme not in ("http", "https") or not address.hostname:
        sentence = 'Invalid "blog" value: send the full address of the website'
        raise MissingParameter(sentence)
    return blog


def _fixed_answer(fields: Mapping[str, str]) -> bool | None:
    """Whether it is spam whatever its text is; None: neither."""
    if fields.get("user_role", "").strip().lower() == HAM_ROLE:
        return False
    author, email = fields.get("comment_author", ""), fields.get("comment_author_email", "")
    trap = fields.get("honeypot_field_name", "").strip()
    is_spam = (
        author.strip() == SPAM_AUTHOR
        or email.strip().lower() == SPAM_EMAIL
        or bool(fields.get(_TRAP, "").strip())
        or bool(trap and fields.get(trap, "").strip())
    )
    return True if is_spam else None


def _text(value: str, charset: str) -> str:
    """Without NUL, for which no database can look."""
    sent = value.encode("latin-1")
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError:
        text = sent.decode(text_encoding(charset) or "utf-8", "replace")
    return text.replace("\0", "")


def _empty(name: str) -> MissingParameter:
    return MissingParameter(f'Empty "{name}" value')
