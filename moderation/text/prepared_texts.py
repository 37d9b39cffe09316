"""What takes time to make of texts, made in a process of its own where there are many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from moderation.text.search_terms import own_words_and_fingerprint
from moderation.text.second_process import SecondProcess

Lot = TypeVar("Lot")
AddressHash = Callable[[str], str | None]
SentText = tuple[str, str, str | None]  # an author's name, the text, and the author's address
# The words that find it, with spaces, its fingerprint, and the hash of the address.
PreparedText = tuple[str, str | None, str | None]


def prepared(texts: Sequence[SentText], address_hash: AddressHash) -> Iterator[PreparedText]:
    """Make the words, the fingerprint and the hash of each."""
    for name, text, address in texts:
        words, mark = own_words_and_fingerprint(name, text)
        yield " ".join(words), mark, address_hash(address) if address else None


def prepared_ahead(
    lots: Iterable[tuple[Lot, Sequence[SentText]]],
    address_hash: AddressHash,
    process: SecondProcess,
) -> Iterator[tuple[Lot, list[PreparedText]]]:
    """Yield each lot with what is made of its texts; while it is used, the next one is made.

    Args:
        lots: With their texts.
        address_hash: Hashes addresses in either process.
        process: Makes it, where there is more than one lot.
    """
    iterator = iter(lots)
    begin = [pair for pair in (next(iterator, None), next(iterator, None)) if pair is not None]
    if len(begin) < 2:  # nothing to make meanwhile
        yield from ((lot, list(prepared(texts, address_hash))) for lot, texts in begin)
        return
    last, texts = begin[0]
    process.begin(_lot, texts, address_hash)
    for lot, texts in chain(begin[1:], iterator):
        (answer,) = process.items()
        process.begin(_lot, texts, address_hash)
        yield last, answer
        last = lot
    (answer,) = process.items()
    yield last, answer


def _lot(texts: Sequence[SentText], address_hash: AddressHash) -> Iterator[list[PreparedText]]:
    """All together: each item takes its own way."""
    yield list(prepared(texts, address_hash))
