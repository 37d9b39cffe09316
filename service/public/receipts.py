"""What a sender gets for a comment that was taken: its id, and the way to its author's page."""

from flask import url_for

from moderation.comments import Comment
from service.wiring.parts import parts


def receipt(comment: Comment) -> dict[str, str]:
    """The fields of the answer; whoever has `author_token` is the author."""
    token, base = parts().sign("author", comment.id), parts().settings.public_url
    return {
        "id": comment.id,
        "status": comment.status,
        "status_url": base + url_for("read.own", comment_id=comment.id),
        "author_token": token,
        "author_url": base + url_for("own_page.show", comment_id=comment.id, token=token),
    }
