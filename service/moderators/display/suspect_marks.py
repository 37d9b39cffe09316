"""Mark the suspect and banned words that a comment waits for, and name them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from moderation.comments import Comment, QueueSection, Status
from moderation.policy import SUSPECT_WORD, Part, Reason
from moderation.review.reason_sentences import reason_sentences
from moderation.rules.circumstances import BANNED_WORD
from moderation.text.lexicon import Span
from moderation.text.suspect_spans import suspect_spans
from service.moderators.display.visible_text import visible_plain
from service.wiring.text_pieces import Piece

# The words by which a rule is a reason, where a comment stands; called with the rule and comment.
WordsOf = Callable[[str, Comment], Sequence[str]]
Mark = tuple[int, int, str]  # start, end, and what it is
_NAMED = 3  # words of a part that its reason names
_TITLES = {SUSPECT_WORD: "suspect word of this site", BANNED_WORD: "banned word of this site"}


def suspects_of(
    words_of: WordsOf, comment: Comment, reasons: Sequence[Reason]
) -> Mapping[Part, Sequence[Mark]]:
    """Where the parts that are held or rejected for a word have those that are listed today."""
    marks: defaultdict[Part, list[Mark]] = defaultdict(list)
    for (rule, part), spans in _spans_of(words_of, comment, reasons).items():
        marks[part] += [(start, end, _TITLES[rule]) for start, end in spans]
    return {part: sorted(of_part) for part, of_part in marks.items()}


def _spans_of(
    words_of: WordsOf, comment: Comment, reasons: Sequence[Reason]
) -> Mapping[tuple[str, Part], Sequence[Span]]:
    return {
        (reason.rule, reason.part): suspect_spans(
            _text_of(comment, reason.part), words_of(reason.rule, comment)
        )
        for reason in reasons
        if reason.rule in _TITLES
    }


def sentences_of(
    words_of: WordsOf,
    comment: Comment,
    reasons: Sequence[Reason],
    became: Status | QueueSection = Status.FLAGGED,
) -> list[str]:
    """The reasons of a decision in sentences, with the listed words that are one."""
    words = {
        (rule, part): _words(_text_of(comment, part), spans)
        for (rule, part), spans in _spans_of(words_of, comment, reasons).items()
    }
    return reason_sentences(reasons, became, words)


def with_suspects(pieces: Iterable[Piece], marks: Sequence[Mark]) -> Iterator[Piece]:
    """The pieces of a whole text, with the marks apart, in place of other ones."""
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        for first, last, title in _parts(start, end, marks):
            text = piece.text[first - start : last - start]
            yield Piece(text, *(("suspect", title) if title else (piece.strength, piece.title)))
        start = end


def _parts(start: int, end: int, marks: Sequence[Mark]) -> Iterator[Mark]:
    """From start to end: what is marked, and with an empty title what is not."""
    for first, last, title in marks:
        first, last = max(first, start), min(last, end)
        if first < last:
            if start < first:
                yield start, first, ""
            yield first, last, title
            start = last
    if start < end:
        yield start, end, ""


def _words(text: str, spans: Sequence[Span]) -> list[str]:
    words = dict.fromkeys(visible_plain(text[start:end]).casefold() for start, end in spans)
    return [*list(words)[:_NAMED], *(["others"] if len(words) > _NAMED else [])]


def _text_of(comment: Comment, part: Part) -> str:
    return comment.name if part is Part.NAME else comment.text
