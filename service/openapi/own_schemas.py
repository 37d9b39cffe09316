"""The body of what an author gets on asking for all that is stored of a comment."""

from moderation.policy import ATTRIBUTES
from moderation.storage.schema.comments import name_score
from service.openapi.elements import Element, answer_object, or_null, ref, string
from service.openapi.moderation_schemas import REASONS, SCORE
from service.openapi.public_schemas import COUNT, MOMENT, STATUS

_ATTRIBUTE: Element = {"type": "string", "enum": [*ATTRIBUTES]}


def _rows(properties: Element) -> Element:
    return {"type": "array", "items": answer_object(properties)}


_STORED = answer_object(
    {
        "version": {**COUNT, "description": "counts the comment's changes"},
        "arrived_at": or_null({**MOMENT, "description": "when it came; null: when it was written"}),
        "address_hash": or_null(string("keyed hash of the address it came from")),
        "scores": _rows(
            {
                "model": string("the model that scored it"),
                **dict.fromkeys(ATTRIBUTES, SCORE),
                **dict.fromkeys(map(name_score, ATTRIBUTES), SCORE),
            }
        ),
        "decisions": _rows(
            {
                "version": {**COUNT, "description": "the comment's, after the decision"},
                "actor": string("who decided: policy, moderator, author or operator"),
                "from_status": STATUS,
                "to_status": STATUS,
                "reasons": REASONS,
                "decided_at": MOMENT,
            }
        ),
        "earlier_texts": _rows(
            {
                "version": {**COUNT, "description": "the comment's last one with this text"},
                "name": string("the author's name then"),
                "text": string("the text then"),
                "replaced_at": MOMENT,
            }
        ),
        "labels": _rows(
            {
                "attribute": _ATTRIBUTE,
                "value": SCORE,
                "source": string("where the label came from"),
                "created_at": MOMENT,
            }
        ),
        "appeals": _rows(
            {
                "text": string("why it should be published"),
                "appealed_at": MOMENT,
                "decided_at": or_null(MOMENT),
                "status": or_null(string("what a moderator made of the comment")),
                "answer": or_null(string("what the moderator answered")),
            }
        ),
        "mail": or_null(
            answer_object(
                {
                    "address": string("the e-mail address that its author left"),
                    "language": string("the language in which mails are written"),
                    "asked_at": or_null({**MOMENT, "description": "null: it was imported"}),
                    "confirmed_at": or_null({**MOMENT, "description": "null: nothing is sent"}),
                }
            )
        ),
        "notes": {**COUNT, "description": "how many notes moderators wrote about it"},
        "reports": {**COUNT, "description": "how many readers reported it"},
    }
)
SCHEMAS: dict[str, Element] = {
    "OwnExport": answer_object({"comment": ref("OwnComment"), "stored": _STORED})
}
