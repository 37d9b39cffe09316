"""Let an author to their own comment: by the token in a header, or in their page's address."""

from flask import Request, g, request, url_for

from moderation.comments import Comment
from service.http.client_address import client_address
from service.problems.errors import WrongAuthorToken
from service.public.site_access import is_author, is_author_token
from service.public.site_rates import limit_reader
from service.wiring.parts import parts


def own_comment(comment_id: str, token: str | None = None) -> Comment:
    """The author's comment, whose site becomes `g.site`.

    Args:
        comment_id: As the address has it.
        token: From the address; None: the request has it in a header.

    Raises:
        WrongAuthorToken: It is not this comment's.
    """
    is_own = is_author(comment_id) if token is None else is_author_token(comment_id, token)
    if not is_own:
        raise WrongAuthorToken
    comment = parts().comments.get(comment_id)
    g.site = parts().site_cache.get(comment.site)
    return comment


def limited_address(request: Request) -> str:
    """The hash of the author's address, counted like one more comment on `g.site`."""
    address = client_address(request, parts().settings.trusted_proxies)
    address_hash = parts().addresses.hash(address, parts().clock())
    limit_reader(g.site, address_hash)
    return address_hash


def own_address(comment_id: str, token: str) -> str:
    """Where the author's page is, in the language that this request asks for."""
    lang = request.args.get("lang")
    return url_for("own_page.show", comment_id=comment_id, token=token, lang=lang)
