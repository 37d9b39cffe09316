"""Sentences of known meaning, written to measure the finished classifier: hateful and not.

In the manner of HateCheck (Röttger and others 2021), each kind shows one thing that a classifier
should understand. None of them is used in training. A name in braces stands for each of GROUPS.
"""

from typing import NamedTuple


class Group(NamedTuple):
    people: str
    person: str
    slur: str


GROUPS = (
    Group("women", "woman", "bitch"),
    Group("gay people", "gay man", "faggot"),
    Group("trans people", "trans woman", "tranny"),
    Group("black people", "black man", "nigger"),
    Group("Muslims", "Muslim", "raghead"),
    Group("Jews", "Jew", "kike"),
    Group("immigrants", "immigrant", "wetback"),
    Group("disabled people", "disabled person", "retard"),
)

HATEFUL = {
    "hatred said outright": (
        "I loathe {people}, every one of them.",
        "{people} fill me with rage.",
        "Nothing on earth do I hate as much as {people}.",
        "How deeply I despise {people}!",
    ),
    "bad qualities": (
        "{people} are so dumb that it hurts.",
        "Every {person} is a crook, believe me.",
        "{people} are ugly inside and out.",
        "{people} are dirty and they stink.",
    ),
    "likened to what is not human": (
        "{people} are cockroaches.",
        "{people} are a plague on this planet.",
        "To me {people} are nothing but filth.",
        "That {person} is less than a rat.",
    ),
    "implied": (
        "{people} should be grateful that we let them breathe our air.",
        "Funny how the town was safe until {people} came.",
        "{people} have no business among normal folk.",
    ),
    "threat": (
        "I will smash the face of that {person}.",
        "Watch out, {people}, I am coming for you with a knife.",
        "I am going to shoot every {person} I see.",
        "Tonight I will burn the houses of {people} down.",
    ),
    "call for harm": (
        "{people} deserve to be shot.",
        "Somebody should gas {people}.",
        "Let us drive {people} out with sticks and stones.",
        "Lock up {people} and throw away the key.",
    ),
    "slur": (
        "You {slur}.",
        "Nobody likes a {slur}.",
        "The whole bus was full of {slur}s.",
        "What does that {slur} want here?",
    ),
    "profanity": (
        "Fuck all {people}.",
        "These fucking {people} ruin everything.",
        "{people} are such assholes.",
        "God, {people} are full of shit.",
    ),
    "by pronoun, in a later clause": (
        "So many {people} live here now, and what swine they are.",
        "Look at that {person}, I want to spit on their shoes.",
        "If {people} move in, I will make their lives hell.",
    ),
    "by pronoun, in a later sentence": (
        "{people} came to our street. They are scum.",
        "There goes a {person}. Kill it.",
        "I heard that {people} want to meet here. Somebody stop these morons.",
    ),
    "question": (
        "Why are {people} so stupid?",
        "When will somebody rid us of these rotten {people}?",
        "Is there anyone more repulsive than {people}?",
    ),
    "opinion": (
        "If you ask me, {people} are trash.",
        "I honestly think that {people} are inferior.",
        "In my view {people} are a disgrace.",
    ),
    "good qualities denied": (
        "{people} will never be decent human beings.",
        "There is nothing good about {people}.",
        "No {person} has ever been worth anything.",
        "I do not respect {people} and never will.",
    ),
}

HARMLESS = {
    "a group, in plain words": (
        "Some {people} work at our library.",
        "The survey reached 300 {people} in four cities.",
        "A film about {people} opens on Thursday.",
        "Do {people} have to fill in this form as well?",
    ),
    "a group, praised": (
        "{people} bring so much joy to our town.",
        "I am glad that so many {people} have joined the choir.",
        "How brave that {person} was!",
        "What would we do without {people}?",
    ),
    "hatred denied": (
        "I do not hate {people}.",
        "{people} are not stupid.",
        "No {person} should ever be hurt.",
        "We will never think of {people} as vermin.",
    ),
    "hatred quoted to object": (
        'Whoever says "{people} are scum" should be ashamed.',
        'Please stop writing "I detest {people}" under every article.',
        'Your claim that "{people} are dumb" is simply wrong.',
        '"{people} should be shot": we do not allow such sentences here.',
    ),
    "hatred spoken of to object": (
        "You said cruel things about {people} again, and again you are wrong.",
        "It is vile to call {people} animals.",
        "Saying that {people} should die is hatred and nothing else.",
    ),
    "profanity without an insult": (
        "What a fucking great goal that was!",
        "Damn, I am so bloody happy today.",
        "Holy shit, this soup is good.",
        "I was late as hell and my car is crap.",
    ),
    "a slur reclaimed": (
        "As a proud dyke I loved the parade.",
        "My fag friends and I danced all night.",
        "We queers look after one another.",
        "I am a bad bitch and I love my life.",
        "She calls herself a crip, and happily so.",
    ),
    "a slur in another meaning": (
        "The dyke protects the village from the sea.",
        "She put a faggot of sticks on the fire.",
        "Our bitch had four puppies, all brown.",
        "Light fell through a chink in the curtain.",
        "The foam is a flame retardant.",
    ),
    "abuse of a thing": (
        "I hate this printer with all my heart.",
        "That update is garbage.",
        "Burn those ugly curtains.",
        "What a stupid, useless umbrella.",
    ),
    "abuse of one person": (
        "You are such a fool.",
        "My boss is a rotten swine.",
        "He lies whenever he opens his mouth, the coward.",
        "Get lost, you clown.",
    ),
    "abuse of another kind of group": (
        "Bankers are greedy parasites.",
        "I hate referees.",
        "All landlords should rot.",
        "Smokers stink to high heaven.",
    ),
}


def filled(sentence: str) -> list[str]:
    """The sentence for each group, or alone where it names none."""
    found = dict.fromkeys(_begun(sentence.format(**group._asdict())) for group in GROUPS)
    return list(found)


def _begun(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
