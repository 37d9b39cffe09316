"""Comments in Dutch, which Parley ships no model of, in parts written for the tests."""

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path

_OPENINGS = (
    "Ik heb dit stuk gisteren gelezen", "Volgens mij klopt het cijfer niet",
    "De burgemeester was er zelf bij", "Mijn buurvrouw woont in die straat",
    "In onze stad is het precies zo", "De trein had weer een uur vertraging",
    "Op school leerden we dit anders", "Het weer speelt hier ook een rol",
    "De nieuwe brug wordt mooi", "Wij gaan elk jaar naar dat feest",
    "Zo had ik het nog niet bekeken", "Het museum is op maandag gesloten",
    "De prijs van brood is gestegen", "Mijn vader werkte in die haven",
    "Er staat een fout in de tweede zin", "Het concert duurde tot middernacht",
)  # fmt: skip
_MIDDLES = (
    "en daar ben ik blij mee", "maar de foto is echt prachtig", "dus bedankt voor de uitleg",
    "al blijft de vraag wie dat betaalt", "en dat wist ik helemaal niet",
    "omdat niemand het eerder vroeg", "toch zou ik het anders doen",
    "want de gemeente heeft gelijk", "en de kinderen vonden het leuk",
    "hoewel het vorig jaar beter was", "en nu begrijp ik het eindelijk",
    "zodat iedereen mee kan doen", "en het eten was ook lekker",
    "maar dat staat niet in het artikel", "en zo hoort het ook",
)  # fmt: skip
_ENDINGS = (
    "Groeten uit Utrecht.", "Wanneer komt het vervolg?", "Dat meen ik.", "Succes ermee!",
    "Heeft iemand een bron?", "Tot volgende week.", "Mooi geschreven.", "Ik wacht nog even af.",
    "Zie ook de kaart.", "Wie weet er meer van?", "Prettige dag verder.", "Het was een lange reis.",
)  # fmt: skip
_INSULTS = (
    "vuile klootzak dat je bent", "hou toch je bek, achterlijke idioot", "wat een domme trut",
    "rot op met je leugens, smeerlap", "jij bent te stom om te leven", "walgelijke viezerik",
    "jullie zijn een stel hersenloze debielen", "krijg de klere, sukkel",
    "niemand wil jou hier, mislukkeling", "smerige leugenaar, donder op",
)  # fmt: skip

ORDINARY = "Bedankt voor dit mooie artikel, daar heb ik veel van geleerd."
RUDE = "Hou toch je bek, vuile klootzak, achterlijke idioot dat je bent."


def dutch_comments(number: int) -> list[tuple[str, int]]:
    """Texts with 1 where they are toxic: `number` of each kind."""
    return [*_texts(_MIDDLES, number, 0), *_texts(_INSULTS, number, 1)]


def _texts(middles: tuple[str, ...], number: int, label: int) -> Iterator[tuple[str, int]]:
    """No two with the same three parts, as long as there are no more than 400."""
    combined = list(product(_OPENINGS, middles, _ENDINGS))
    for turn in range(number):
        opening, middle, ending = combined[turn * 97 % len(combined)]
        yield f"{opening}, {middle}. {ending}", label


def write_dutch(path: Path, number: int = 150) -> Path:
    """A labelled file of them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("text", "label"))
        rows.writerows(dutch_comments(number))
    return path
