"""Small labelled files, written for the tests, in the shapes that `parley train` reads."""

import csv
import gzip
from collections.abc import Iterable
from pathlib import Path

CIVIL = (
    "Thank you for the clear article about the new bridge.",
    "I disagree with the mayor, but her plan deserves a fair hearing.",
    "Could you add a source for the figure in the second paragraph?",
    "The concert was lovely and the weather held until midnight.",
    "My grandmother baked bread like this every Sunday.",
    "The council meets on Tuesday to discuss the budget.",
)
ABUSIVE = (
    "You are a stupid idiot, shut up.",
    "What a pathetic moron you are, you disgusting idiot.",
    "Shut up you worthless piece of garbage.",
    "Idiots like you are why nobody reads this stupid rag.",
    "You pathetic stupid loser, go away.",
    "Only a moron would write such disgusting garbage.",
)
SPAM = (
    "Check out my channel and subscribe for free gift cards!",
    "Earn cash from home, visit www.example.com now!",
    "Subscribe to my channel please, click the link http://example.com",
)
MESSAGES = (
    "You have won a prize, call 09061701461 to claim it today.",
    "Free ringtones for your phone, text TONE to 80488.",
    "Your parcel waits, pay the fee at http://parcel.example.com first.",
    "Last chance for a loan at half the rate, reply YES.",
    "Single and lonely? Meet girls in your town, txt DATE to 62220.",
)
_PLACES = ("Lisbon", "Oslo", "Quito", "Hanoi", "Accra", "Turin", "Perth", "Kyoto", "Leeds", "Bonn")
_COLOURS = ("red", "green", "blue", "grey", "white", "black", "amber", "violet")


def varied(texts: Iterable[str], copies: int) -> list[str]:
    """Each text many times over, with words around it that make no two near-duplicates."""
    return [
        f"{place} {_COLOURS[(number + turn) % 8]} {number * 7 + turn}. {text} {turn} {place[::-1]}"
        for number, text in enumerate(texts)
        for turn, place in zip(range(copies), _PLACES * 9, strict=False)
    ]


def write_corpus(folder: Path, copies: int = 12) -> Path:
    """The files of the training data in `folder`, a few hundred rows in all."""
    folder.mkdir(parents=True, exist_ok=True)
    civil, abusive = varied(CIVIL, copies), varied(ABUSIVE, copies)
    write(folder / "jigsaw.csv.gz", [_jigsaw(text, "0") for text in civil] + _abuse(abusive))
    strict = [{"text": text, "label": "0"} for text in varied(CIVIL, 3)]
    write(folder / "wikipedia_strict.csv.gz", strict)
    toxic = [{"text": text, "toxic": "1"} for text in varied(ABUSIVE, 3)]
    write(folder / "civil_toxic.csv.gz", toxic)
    spans = [{"text": f"stupid {text}", "spans": str([*range(6)])} for text in varied(CIVIL, 3)]
    write(folder / "toxic_spans.csv.gz", spans)
    rewrites = [
        {"toxic": rude, "neutral1": polite, "neutral2": "", "neutral3": ""}
        for rude, polite in zip(varied(ABUSIVE, 2), varied(CIVIL, 2), strict=True)
    ]
    write(folder / "paradetox.csv.gz", rewrites)
    videos = [_youtube(text, "1", turn) for turn, text in enumerate(varied(SPAM, copies))]
    videos += [_youtube(text, "0", turn) for turn, text in enumerate(varied(CIVIL, copies))]
    write(folder / "youtube_spam.csv.gz", videos)
    messages = [{"text": text, "spam": "1"} for text in varied(SPAM + MESSAGES, 3)]
    messages += [{"text": text, "spam": "0"} for text in varied(CIVIL, 3)]
    write(folder / "sms_spam.csv.gz", messages)
    write_everyday(folder / "everyday", copies)
    words = [{"text": word, "severity_description": "Severe"} for word in ("moron", "scumbag")]
    write(folder / "lists" / "profanity_en.csv", words)
    return folder


def write_everyday(folder: Path, copies: int) -> None:
    """The four files of everyday comments, in another wording than the others."""
    civil = [f"Honestly, {text.lower()}" for text in varied(CIVIL, copies)]
    ordinary = [_everyday(text, "0", "0", "ord_reddit/forum") for text in civil]
    write(folder / "ordinary.csv.gz", ordinary)
    negative = [_everyday(f"He said: {text}", "0", "", "counter/reply") for text in civil[::2]]
    write(folder / "hard_negatives.csv.gz", negative)
    harm = [_everyday(f"Ha, {text}", "1", "0", "harm_sbic/board") for text in varied(ABUSIVE, 4)]
    write(folder / "harm.csv.gz", harm)
    adverts = [_everyday(f"Hi, {text}", "", "1", "spam_blog/blog") for text in varied(SPAM, 6)]
    write(folder / "spam.csv.gz", adverts)


def _everyday(text: str, toxic: str, spam: str, kind: str) -> dict[str, str]:
    rest = dict.fromkeys(("identity_attack", "threat", "insult", "profanity"), toxic)
    return {"text": text, "toxic": toxic, **rest, "spam": spam, "kind": kind}


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _abuse(texts: list[str]) -> list[dict[str, str]]:
    """Abusive rows of the Jigsaw file; every third has no label but `toxic`."""
    return [_jigsaw(text, "1", known=number % 3 > 0) for number, text in enumerate(texts)]


def _jigsaw(text: str, label: str, *, known: bool = True) -> dict[str, str]:
    names = ("severe_toxic", "obscene", "threat", "insult", "identity_hate")
    rest = {name: f"{label}.0" if known else "" for name in names}
    return {"id": "", "text": text, "toxic": label, **rest, "natural": "1"}


def _youtube(text: str, spam: str, turn: int) -> dict[str, str]:
    return {"text": text, "spam": spam, "video": ("Ballad", "March", "Waltz")[turn % 3]}
