"""Mark the suspect words that a comment waits for, and name them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from moderation.comments import Comment, QueueSection, Status
from moderation.policy import SUSPECT_WORD, Part, Reason
from moderation.review.reason_sentences import reason_sentences
from moderation.text.suspect_spans import Span, suspect_spans
from service.moderators.display.visible_text import visible_plain
from service.wiring.text_pieces import Piece

WordsOf = Callable[[str], Sequence[str]]  # the suspect words of a site, by its name
_NAMED = 3  # words of a part that its reason names
_TITLE = "suspect word of this site"


def suspects_of(
    words_of: WordsOf, comment: Comment, reasons: Sequence[Reason]
) -> Mapping[Part, Sequence[Span]]:
    """Where the parts that wait for a suspect word have those that their site has today."""
    parts = {reason.part for reason in reasons if reason.rule == SUSPECT_WORD}
    if not parts:
        return {}
    words = words_of(comment.site)
    return {part: suspect_spans(_text_of(comment, part), words) for part in parts}


def sentences_of(
    words_of: WordsOf,
    comment: Comment,
    reasons: Sequence[Reason],
    became: Status | QueueSection = Status.FLAGGED,
) -> list[str]:
    """The reasons of a decision in sentences, with the suspect words that are one."""
    words = {
        part: _words(_text_of(comment, part), spans)
        for part, spans in suspects_of(words_of, comment, reasons).items()
    }
    return reason_sentences(reasons, became, words)


def with_suspects(pieces: Iterable[Piece], spans: Sequence[Span]) -> Iterator[Piece]:
    """The pieces of a whole text, with the spans apart and marked in place of other marks."""
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        for first, last, is_suspect in _parts(start, end, spans):
            text = piece.text[first - start : last - start]
            yield Piece(
                text, *(("suspect", _TITLE) if is_suspect else (piece.strength, piece.title))
            )
        start = end


def _parts(start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """From start to end: what is in a span, and what is not."""
    for first, last in spans:
        first, last = max(first, start), min(last, end)
        if first < last:
            if start < first:
                yield start, first, False
            yield first, last, True
            start = last
    if start < end:
        yield start, end, False


def _words(text: str, spans: Sequence[Span]) -> list[str]:
    words = dict.fromkeys(visible_plain(text[start:end]).casefold() for start, end in spans)
    return [*list(words)[:_NAMED], *(["others"] if len(words) > _NAMED else [])]


def _text_of(comment: Comment, part: Part) -> str:
    return comment.name if part is Part.NAME else comment.text
