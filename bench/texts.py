"""What readers write, as far as this load is concerned: mostly civil, short and long."""

from collections.abc import Sequence

_SENTENCES = (
    "Thank you for this article.",
    "I learned a lot about the harbour.",
    "My grandmother told it a little differently, but the heart of the story is the same.",
    "Could you say where the figures in the second table come from?",
    "The bridge on the photograph was built two years later, as far as I know.",
    "Agreed.",
    "We visited the museum last spring and the children still talk about it.",
    "I am not convinced: the council has promised a new bus line three times by now.",
    "For anyone who wants to read on, the town library keeps the old maps on the first floor.",
    "Does the market open on Sundays as well?",
    "What I miss is a word about the people who live there and pay the rent every month.",
    "A small correction: the river is called Ache here, not Aach.",
    "It would help to compare the winter with that of the year before.",
    "Well written, and fair to both sides.",
    "The recipe works with rye flour too, only give the dough an hour more.",
    "I disagree with nearly every line, and still I am glad that it was printed.",
    "Please keep us informed when the school decides.",
    "The new cycle path ends in the middle of nowhere, which is a pity.",
    "Honestly, this is the most boring match report I have read this season.",
    "The author has obviously never waited for that train.",
)
_LENGTHS = (1, 3, 2, 1, 5, 2, 1, 8, 3, 1, 2, 14)  # sentences in a comment
# Neither divides the number of sentences, so that each comes up as often.
_NEXT_COMMENT, _NEXT_SENTENCE = 7, 11
_DIGITS = (  # none is in a sentence; ten for each place of a number
    ("apple", "bread", "cheese", "rice", "honey", "lemon", "milk", "onion", "pepper", "sugar"),
    ("bench", "tower", "church", "garden", "castle", "theatre", "square", "palace", "mill", "farm"),
    ("autumn", "dawn", "dusk", "evening", "midnight", "minute", "night", "noon", "summer", "week"),
    ("aunt", "brother", "child", "baker", "doctor", "father", "friend", "mother", "sister", "cook"),
    ("bird", "cat", "cow", "dog", "fish", "horse", "lamb", "mouse", "rabbit", "sheep"),
    ("book", "chair", "door", "lamp", "letter", "picture", "paper", "shelf", "clock", "window"),
    ("cloud", "field", "forest", "hill", "island", "lake", "meadow", "mountain", "sea", "valley"),
)
NAMES = ("Ada", "Benno", "Chiara", "David", "Esra", "Filip", "Grete", "Hanno")


def texts(number: int, first: int = 0) -> Sequence[str]:
    """So many different comments, the same ones every time; others for another `first`."""
    return [_text(first + k) for k in range(number)]


def _text(k: int) -> str:
    places = (_NEXT_COMMENT * k + _NEXT_SENTENCE * j for j in range(_LENGTHS[k % len(_LENGTHS)]))
    sentences = " ".join(_SENTENCES[place % len(_SENTENCES)] for place in places)
    # In words: texts that differ by a number alone count as near-duplicates.
    digits = zip(_DIGITS, reversed(str(k + 1)), strict=False)
    words = (words_of_place[int(digit)] for words_of_place, digit in digits)
    return f"{sentences} ({' '.join(words)})"
