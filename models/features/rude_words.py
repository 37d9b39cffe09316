"""Swearing at nobody: beside praise, or in a set phrase such as "holy shit" or "silly me".

"Holy shit, that is beautiful" and "you are full of shit" share the rude word. What tells them apart
is praise, or the phrase, where no word names the reader and none abuses a person. The words are few
and general, as those of adverts are.
"""

import re
from itertools import groupby

NOT_FRIENDLY = 0
PRAISE, PRAISE_AND_OTHERS, SET_PHRASE = 1, 2, 3

_LONGEST = 200  # characters; a longer text can hold anything beside its praise
# Most texts have none of these, and looking for them first is ten times as fast.
_LETTERS = (
    *("ass", "crap", "damn", "fuck", "hell", "piss", "shit", "wtf"),
    *("dumb", "fool", "garbage", "idiot", "nonsense", "rubbish", "silly", "stupid"),
)
_SWEARWORDS = ("ass", "asses", "badass", "hell", "wtf")
_SWEAR_STEMS = ("bullshit", "crap", "damn", "fuck", "goddamn", "piss", "shit")
_PRAISE_STEMS = ("appreciate", "congrat", "enjoy", "haha", "love", "thank")
_PRAISE_WORDS = (
    *("amazing", "awesome", "beautiful", "best", "brilliant", "cool", "excited", "funny", "glad"),
    *("good", "great", "happy", "hilarious", "incredible", "lol", "lucky", "nice", "perfect"),
    *("proud", "sweet", "wonderful", "wow"),
)
_READER_WORDS = ("u", "ur", "you", "your", "youre", "yours", "yourself")
_OTHERS_WORDS = (
    *("guy", "guys", "he", "her", "him", "his", "man", "men", "people", "she", "their", "them"),
    *("these", "they", "those", "who", "woman", "women"),
)
# Beside these swearing is not friendly: they abuse or threaten a person, or name a group.
_ABUSE_STEMS = (
    *("asshole", "bastard", "bitch", "cock", "cunt", "dick", "fag", "fuck me", "fuck off"),
    *("fuck with", "fucker", "fuckface", "fucktard", "gay", "hate", "jew", "kill", "kiss", "loser"),
    *("moron", "motherfuck", "nigg", "pathetic", "puss", "rape", "retard", "scum", "sex", "shut"),
    *("slut", "suck", "ugly", "whore"),
)
_ABUSE_WORDS = ("an ass", "die", "eat my", "some ass")
# Nor do these, but of oneself or of a thing.
_MILD_STEMS = ("dumb", "fool", "idiot", "silly", "stupid")
_MILD_PHRASES = (
    r"(?:dumb|foolish|silly|stupid) (?:me\b|mistake|of me\b|question|typo)",
    r"i(?: am|.?m| was| feel| felt)(?: an?| so| such an?)? (?:dumb|fool|idiot|silly|stupid)",
    r"do(?:n.?t| not) be (?:a |so )?(?:dumb|silly|stupid)",
)
# A text that says nothing else.
_VERDICT = re.compile(r"(?:\w+ ){0,2}(?:crap|garbage|nonsense|rubbish)[.!]*")
_SET_PHRASES = (
    r"(?:ah|as|aw|holy|oh|well) (?:crap|fuck|hell|shit)",
    r"(?:no|wait|\w+est) shit",
    r"shit ?(?:happens|post|posting|posts|show)",
    r"(?:about|hot|so|too) damn|damn (?:fine|good|right|straight)",
    r"hell (?:no|yeah|yes)",
    r"(?:haul|kick|pain in the|smart)\w* ass(?:es)?",
    r"\w+ ass off",
    r"g[ai]v\w+ (?:a|no|two|zero) (?:fuck|shit)s?",
    r"fuck,? (?:i|that was|yeah|yes)",
    r"(?:got|just|we) fucked",
    r"(?:fucking|so fucking) (?:amazing|awesome|brilliant|cute|good|great|hilarious|love)",
    r"shit out of",
)


def _any_of(words: tuple[str, ...], stems: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Grouped by first letter, so that most words of a text fail at their first letter."""
    endings = sorted([*((word, r"\b") for word in words), *((stem, "") for stem in stems)])
    branches = [
        f"{letter}(?:{'|'.join(word[1:] + ending for word, ending in group)})"
        for letter, group in groupby(endings, key=lambda pair: pair[0][0])
    ]
    return re.compile(rf"\b(?:{'|'.join(branches)})")


_SWEARS = _any_of(_SWEARWORDS, _SWEAR_STEMS)
_PRAISES = _any_of(_PRAISE_WORDS, _PRAISE_STEMS)
_AT_PERSON = _any_of((*_READER_WORDS, *_ABUSE_WORDS), _ABUSE_STEMS)
_NAMES_OTHERS = _any_of(_OTHERS_WORDS)
_IS_MILD = _any_of((), _MILD_STEMS)
_SETS_PHRASE = re.compile(rf"\b(?:{'|'.join(_SET_PHRASES)})\b")
_SETS_MILD_PHRASE = re.compile(rf"\b(?:{'|'.join(_MILD_PHRASES)})")


def friendly_swearing(plain: str) -> int:
    """Tell whether a text swears at nobody, and how that shows.

    Args:
        plain: The normalised text.

    Returns:
        PRAISE, PRAISE_AND_OTHERS, SET_PHRASE, or NOT_FRIENDLY where it does not swear, or not so.
    """
    if len(plain) > _LONGEST or not any(map(plain.__contains__, _LETTERS)):
        return NOT_FRIENDLY
    if _AT_PERSON.search(plain):
        return NOT_FRIENDLY
    if _IS_MILD.search(plain):
        return SET_PHRASE if _SETS_MILD_PHRASE.search(plain) else NOT_FRIENDLY
    if _VERDICT.fullmatch(plain):
        return SET_PHRASE
    return _swearing(plain) if _SWEARS.search(plain) else NOT_FRIENDLY


def _swearing(plain: str) -> int:
    if _PRAISES.search(plain):
        return PRAISE_AND_OTHERS if _NAMES_OTHERS.search(plain) else PRAISE
    return SET_PHRASE if _SETS_PHRASE.search(plain) else NOT_FRIENDLY
