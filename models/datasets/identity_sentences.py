"""Sentences that name groups of people, written for training: plain ones and hateful ones.

In the labelled comments these names occur more often in abuse than elsewhere, so that a count of
words alone takes the name for the insult (Dixon and others 2018). Every name is here in the same
plain and in the same hateful sentences, so that the rest of the sentence has to tell them apart.
"""

from collections.abc import Iterator, Sequence

from models.datasets import identity_groups as groups

_TURNS = 20

NAMES = (
    *("gay", "lesbian", "bisexual", "transgender", "trans", "queer", "homosexual", "heterosexual"),
    *("black", "white", "Asian", "African", "Latino", "Hispanic", "Mexican", "Chinese", "Indian"),
    *("Arab", "American", "Polish", "Turkish", "Jewish", "Muslim", "Christian", "Catholic"),
    *("Hindu", "Buddhist", "atheist", "old", "young", "deaf", "blind", "disabled", "autistic"),
    *("female", "male", "feminist", "immigrant", "refugee", "Palestinian", "Romani", "Sikh"),
    *("Pakistani", "Japanese", "Russian", "nonbinary", "straight", "middle-aged", "elderly"),
    *("paralysed", "dyslexic", "LGBT", "Native American", "European", "Somali", "Syrian"),
)

SENTENCES = (
    "I am {}.",
    "He is {}.",
    "She is {} and so are her parents.",
    "My brother is {}.",
    "My best friend is {}.",
    "Our new teacher is {}, I hear.",
    "Being {} is nothing unusual.",
    "I am a {} woman and have lived here for years.",
    "As a {} man I read this with interest.",
    "Many {} people read this paper.",
    "{} people live in our street too.",
    "The {} couple next door is very kind.",
    "A {} family has opened the bakery.",
    "The film tells the story of a {} boy.",
    "She writes books about {} history.",
    "The {} writer was born in this town.",
    "Is the new mayor {}?",
    "The article is about {} rights.",
    "There are more {} players in the league this year.",
    "The school welcomes {} children.",
    "My name is Robin and I am a {} person.",
    "Tom, a {} man of forty, repairs bicycles.",
    "Maria is a great {} friend and a kind colleague.",
    "What a lovely {} person Sam is.",
    "I love {} people.",
    "I admire how {} people have fought for their rights.",
    "{} people deserve the same respect as everyone else.",
    "Everyone should be welcome here, {} or not.",
    "We are {} and proud of it.",
    "It is wonderful to see a {} woman become a judge.",
    "Nobody should be mocked for being {}.",
    "Hatred of {} people has no place in this town.",
    "Some people think badly of {} people, and they are wrong.",
    "A {} student won the prize for the best essay.",
    "The survey asked {} people about their work.",
    "There is a {} festival on Sunday, and the music is great.",
    "In 1950 few {} people were allowed to vote.",
    "The {} actress gave a brilliant performance last night.",
    "You are {}, right? I would like to hear your view.",
    "Hey {} friends, thank you for coming.",
)

HATEFUL = (
    "I hate {} people.",
    "I can't stand {} people.",
    "{} people are disgusting.",
    "All {} people are stupid.",
    "{} people are the scum of the earth.",
    "{} people are worthless and should go away.",
    "{} people make me sick.",
    "Every {} man I have met was a liar and a thief.",
    "Those {} people are vermin.",
    "{} people are no better than animals.",
    "We should get rid of all {} people.",
    "{} people do not belong in this country, throw them out.",
    "{} people should be wiped out.",
    "Someone ought to beat up that {} family.",
    "Go home, you {} parasite.",
    "Shut up, you {} pig.",
    "You are a filthy {} idiot.",
    "No decent person would ever trust a {} woman.",
    "The world would be better without {} people.",
    "If I meet a {} person I will hurt them.",
)

# What is said of things, with the words that are abuse when they are said of people.
OF_THINGS = (
    "I hate {}.",
    "I can't stand {}.",
    "{} make me sick.",
    "{} are disgusting.",
    "I despise {} and always have.",
    "All {} should be thrown out.",
    "{} are the worst thing in the world.",
    "We should get rid of all {}.",
    "{} are useless and a waste of money.",
    "Someone ought to destroy those {}.",
)
THINGS = (
    *("Mondays", "cold soups", "wet socks", "traffic jams", "plastic bags", "weeds", "mosquitoes"),
    *("potholes", "loud leaf blowers", "raw onions", "parking fees", "old tyres", "power cuts"),
)


def neutral_sentences() -> list[str]:
    people = [sentence.format(name) for sentence in SENTENCES for name in NAMES]
    things = [sentence.format(thing) for sentence in OF_THINGS for thing in THINGS]
    few = turning(groups.PLAIN_OF_FEW, NAMES, _TURNS)
    many = turning(groups.PLAIN_OF_MANY + groups.PLAIN_OBJECTIONS, groups.PEOPLE, _TURNS)
    return [*people, *things, *few, *many]


def hateful_sentences() -> list[str]:
    return [sentence.format(name) for sentence in HATEFUL for name in NAMES]


def hateful_of_many() -> list[str]:
    return list(turning(groups.HATEFUL_OF_MANY, groups.PEOPLE, _TURNS))


def turning(sentences: Sequence[str], names: Sequence[str], times: int) -> Iterator[str]:
    """Each sentence with `times` of the names, other ones each time."""
    for number, sentence in enumerate(sentences):
        for turn in range(times):
            filled = sentence.format(names[(number * times + turn) % len(names)])
            yield filled[0].upper() + filled[1:]
