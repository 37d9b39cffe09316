"""A page's comments in the words of schema.org, as JSON-LD for search engines."""

from collections.abc import Sequence

from moderation.storage.comments.pages import Article
from service.http.formats import rfc3339
from service.public.documents.nested_answers import NestedComment


def structured_data(
    article: Article, count: int, threads: Sequence[NestedComment]
) -> dict[str, object]:
    """The page with its comments.

    Args:
        article: Its address is the `@id`, by which the article's own data means the same page.
        count: How many comments the page has in all.
        threads: Those that are shown, each with the answers below it.
    """
    page: dict[str, object] = {"@context": "https://schema.org", "@type": "WebPage"}
    if article.url is not None:
        page |= {"@id": article.url, "url": article.url}
    if article.title is not None:
        page["name"] = article.title
    return page | {"commentCount": count, "comment": _comments(threads, article.url)}


def _comments(nested: Sequence[NestedComment], url: str | None) -> list[dict[str, object]]:
    return [_comment(one, url) for one in nested]


def _comment(nested: NestedComment, url: str | None) -> dict[str, object]:
    comment = nested.comment
    element: dict[str, object] = {
        "@type": "Comment",
        "datePublished": rfc3339(comment.submitted_at),
    }
    if comment.edited_at is not None:
        element["dateModified"] = rfc3339(comment.edited_at)
    if url is not None:
        element["url"] = f"{url}#parley-{comment.id}"
    if comment.is_erased:
        element["creativeWorkStatus"] = "Deleted"
    else:
        author = {"@type": "Person", "name": comment.name}
        element |= {"author": author, "text": comment.text}
    if nested.answers:
        element["comment"] = _comments(nested.answers, url)
    return element
