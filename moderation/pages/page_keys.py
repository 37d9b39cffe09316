"""One page, one key: every spelling of an article's path becomes the same text.

The rule, in this order:

1. A key that begins with / is a path, one with http:// or https:// an address, without the user
   and password that it may have; any other is the site's own name for the page, and stays as it is
   (in NFC, without spaces around it).
2. %XX becomes the character that it stands for, in NFC; only what has a meaning in an address, is
   no character or cannot be seen stays %XX, in upper case.
3. Doubled slashes, dots, a session in the path, an index file and a slash at the end go.
4. Of the query only the parameters that name the article stay, in the order of their names; a
   fragment stays only as the route of a page that runs in the browser (#/ and #!).
5. What is longer than the limit ends in a hash of the whole; so does, before all this, what is
   longer than any address that a web server takes.

Upper and lower case stay as they are.
"""

import hashlib
import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import parse_qsl

from characters.hidden import HIDDEN_CLASS
from characters.normal_forms import normalised
from moderation.pages.origins import web_address

MAX_PAGE = 500  # characters, as people read them
# The parameters by which common systems name an article; a site can add its own.
NAMING = frozenset(
    "p page_id post post_id postid id article article_id articleid aid"  # noqa: SIM905 a list of words
    " story story_id storyid news news_id newsid nid item item_id itemid doc doc_id docid"
    " node slug entry entry_id attachment_id content_id contentid".split()
)
_MAX_SENT = 65_534  # characters: our web server takes no longer address
_MOST_KEPT = 200  # characters: at most 1 MB in all is kept
_MAX_NAMES = 1_000  # characters of a list of parameters
_MAX_VALUE = 100  # of a parameter that the site did not name itself
_INDEX_FILES = frozenset(
    f"{name}.{ending}"
    for name in ("index", "default")
    for ending in ("html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp")
)
_ORIGIN = re.compile("https?://[^/?#]*", re.IGNORECASE)
_CREDENTIALS = re.compile(r"(https?://)[^/?#\\\s]*@", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_ESCAPES = re.compile("(?:%[0-9A-Fa-f]{2})+")
_BETWEEN_ESCAPES = re.compile("(?:(?!%[0-9A-F]{2}).)+", re.DOTALL)
# In a path these mean something else, or cannot be seen.
_UNSAFE = rf"\x00- \"<>\\^`{{|}}\x7f-\xa0\u200c\u200d\s{HIDDEN_CLASS}\ud800-\udfff\ue000-\uf8ff"
_ALWAYS_ESCAPED = re.compile(f"[{_UNSAFE}]")
_ESCAPED_IF_SO = re.compile(f"[{_UNSAFE}%/?#&=+]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CUT_ESCAPE = re.compile("%[0-9A-F]?$")
_HASH_LETTERS = 16


def page_key(value: str, naming: Collection[str] = ()) -> str:
    """Return the key of the page that a text names.

    Args:
        value: A path, an address, or the site's own name for the page.
        naming: Query parameters that name the article on this site, beside the usual ones.
    """
    # Thousands of readers name the same few pages; a key took 5 % of a submission's time.
    return (_kept_key if len(value) <= _MOST_KEPT else _key)(value, tuple(naming))


def _key(value: str, naming: Collection[str]) -> str:
    text = _storable(_bounded(value)).strip()
    if credentials := _CREDENTIALS.match(text):
        text = credentials[1] + text[credentials.end() :]
    if text.startswith("/"):
        return _shortened(_path_key(text, naming))
    if (address := web_address(text)) is not None:
        return _shortened(address.origin + _path_key(f"/{_ORIGIN.sub('', text)}", naming))
    return _shortened(_CONTROLS.sub(_escape, normalised("NFC", text)))


_kept_key = lru_cache(maxsize=1_024)(_key)


def page_address(url: str, naming: Collection[str] = ()) -> str | None:
    """Return an address without what does not name the article; None where it is none.

    Args:
        url: As a browser or a server gives it.
        naming: As for `page_key`.
    """
    address = web_address(url)
    if address is None:
        return None
    query = _query(address.search.removeprefix("?"), naming)
    path = _SESSION.sub("", address.pathname)
    bare = web_address(address.origin + path + query + _route(address.hash))
    return None if bare is None else bare.href


def key_of_address(url: str, naming: Collection[str] = ()) -> str | None:
    """Return the key of the page at an address, without its origin; None where it is none."""
    address = web_address(url)
    if address is None:
        return None
    return page_key(address.pathname + address.search + _route(address.hash), naming)


def is_shortened(key: str) -> bool:
    """Whether the key is too long a path's, so that no address can be made of it."""
    return len(key) > MAX_PAGE - 2 * _HASH_LETTERS and key[-_HASH_LETTERS - 1] == "~"


def naming_parameters(value: str | None) -> tuple[str, ...]:
    """Return the names of parameters in a list with commas or spaces; none where there is none.

    Of a list that names no page, but fills memory, the first 1,000 characters count.
    """
    return () if value is None else tuple(re.split(r"[\s,]+", value[:_MAX_NAMES].strip()))


def own_parameters(key: str) -> tuple[str, ...]:
    """Return the names of the parameters that a key has."""
    return tuple(name for name, _ in parse_qsl(key.partition("?")[2].partition("#")[0]))


def _bounded(value: str) -> str:
    """What takes no second to read, though strangers may send megabytes."""
    if len(value) <= _MAX_SENT:
        return value
    return f"{value[:_MAX_SENT]}~{_hash(value.encode('utf-8', 'surrogatepass'))}"


def _storable(value: str) -> str:
    """Without what no browser sends: tabs and line breaks in an address, half characters."""
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub("[\t\r\n]", "", whole)


def _path_key(text: str, naming: Collection[str]) -> str:
    before, _, fragment = text.partition("#")
    path, _, query = before.partition("?")
    segments: list[str] = []
    for segment in _readable(_SESSION.sub("", path.replace("\\", "/"))).split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    while segments and segments[-1].lower() in _INDEX_FILES:
        segments.pop()
    return f"/{'/'.join(segments)}{_query(query, naming)}{_readable(_route(f'#{fragment}'))}"


def _route(fragment: str) -> str:
    """A fragment that names a page which runs in the browser; empty for any other."""
    return fragment if fragment.startswith(("#/", "#!")) else ""


def _query(query: str, naming: Collection[str]) -> str:
    own = frozenset(naming)
    kept = {
        f"{_escaped(name)}={_escaped(value)}"
        for name, value in parse_qsl(query, errors="replace")
        if name in own or _is_naming(name, value)
    }
    return f"?{'&'.join(sorted(kept))}" if kept else ""


def _is_naming(name: str, value: str) -> bool:
    """Whether it names an article: no reader's address or long secret under a usual name."""
    return name.lower() in NAMING and len(value) <= _MAX_VALUE and "@" not in value


def _readable(text: str) -> str:
    whole = _ESCAPES.sub(_decoded, _STRAY_PERCENT.sub("%25", text))
    return _BETWEEN_ESCAPES.sub(_normalised, whole)


def _decoded(escapes: re.Match[str]) -> str:
    octets = bytes.fromhex(escapes[0].replace("%", ""))
    text = octets.decode("utf-8", "surrogateescape")
    return _ESCAPED_IF_SO.sub(_escape, text)


def _normalised(part: re.Match[str]) -> str:
    return _ALWAYS_ESCAPED.sub(_escape, normalised("NFC", part[0]))


def _escaped(text: str) -> str:
    return _ESCAPED_IF_SO.sub(_escape, normalised("NFC", text))


def _escape(character: re.Match[str]) -> str:
    octets = character[0].encode("utf-8", "surrogateescape")
    return "".join(f"%{octet:02X}" for octet in octets)


def _shortened(key: str) -> str:
    if len(key) <= MAX_PAGE:
        return key
    return _CUT_ESCAPE.sub("", key[: MAX_PAGE - _HASH_LETTERS - 1]) + f"~{_hash(key.encode())}"


def _hash(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()[:_HASH_LETTERS]
