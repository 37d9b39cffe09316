"""What takes time to make of texts, made in a process of its own where there are many."""

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from moderation.text.near_duplicates import fingerprint
from moderation.text.search_terms import own_words

Lot = TypeVar("Lot")
NamedText = tuple[str, str]  # an author's name, and the text
PreparedText = tuple[list[str], str | None]  # the words that find it, and its fingerprint


def prepared(texts: Sequence[NamedText]) -> list[PreparedText]:
    """Make the words and the fingerprint of each text."""
    return [(own_words(name, text), fingerprint(text)) for name, text in texts]


def prepared_ahead(
    lots: Iterable[tuple[Lot, Sequence[NamedText]]],
) -> Iterator[tuple[Lot, list[PreparedText]]]:
    """Yield each lot with what is made of its texts; while it is used, the next one is made."""
    iterator = iter(lots)
    begin = [pair for pair in (next(iterator, None), next(iterator, None)) if pair is not None]
    if len(begin) < 2:  # nothing to make meanwhile
        yield from ((lot, prepared(texts)) for lot, texts in begin)
        return
    last, texts = begin[0]
    with _maker() as connection:
        connection.send(texts)
        for lot, texts in chain(begin[1:], iterator):
            answer = connection.recv()
            connection.send(texts)
            yield last, answer
            last = lot
        yield last, connection.recv()


@contextmanager
def _maker() -> Iterator[Connection]:
    """A process that answers texts with what is made of them, and ends with this one."""
    context = get_context("spawn")
    ours, other = context.Pipe()
    process = context.Process(target=_answer, args=(other,), daemon=True)
    process.start()
    other.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join()


def _answer(connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when the other one does
    with suppress(EOFError, OSError), connection:
        while True:
            connection.send(prepared(connection.recv()))
