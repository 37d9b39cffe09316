"""The whole run on one database."""

from dataclasses import dataclass
from pathlib import Path

from bench.parley import Parley
from bench.queue.bulk import Bulk, decide_very_many
from bench.queue.filled import Say, Size
from bench.queue.keys import cards_a_minute, next_cards, one_at_a_time, signed_in
from bench.queue.looks import first_cards, searches
from bench.queue.moderator import Moderator
from bench.queue.races import Races, race


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found; lists are milliseconds, one value for each time."""

    first_cards: list[float]
    searches: list[float]
    races: Races
    next_cards: list[float]
    one_at_a_time: list[float]
    cards_a_minute: float
    bulk: Bulk


def measure(folder: Path, database_url: str, size: Size, say: Say) -> Measured:
    """Raises NotMeasured."""
    parley = Parley(folder, database_url)
    try:
        parley.serve()
        parley.work()
        return _measure(parley, size, say)
    finally:
        parley.stop()


def _measure(parley: Parley, size: Size, say: Say) -> Measured:
    anna, bea = (Moderator(parley.new_moderator(name)) for name in ("Anna", "Bea"))
    say("looking at the queue and searching")
    cards, search_times = first_cards(anna), searches(anna)
    say("deciding the same cards twice")
    races = race(anna, bea, pairs=size.waiting // 100)
    say("pressing keys in a browser")
    with signed_in(parley.new_moderator("Cleo")) as page:
        listed, minute = next_cards(page), cards_a_minute(page)
        alone = one_at_a_time(page)
    say("deciding very many at once")
    bulk = decide_very_many(anna, parley, size.waiting)
    return Measured(cards, search_times, races, listed, alone, minute, bulk)
