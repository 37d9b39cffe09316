"""Plain sentences that name groups of people, written for training as examples of no abuse.

In the labelled comments these names occur more often in abuse than elsewhere, so that a count of
words alone takes the name for the insult (Dixon and others 2018).
"""

NAMES = (
    *("gay", "lesbian", "bisexual", "transgender", "trans", "queer", "homosexual", "heterosexual"),
    *("black", "white", "Asian", "African", "Latino", "Hispanic", "Mexican", "Chinese", "Indian"),
    *("Arab", "American", "Polish", "Turkish", "Jewish", "Muslim", "Christian", "Catholic"),
    *("Hindu", "Buddhist", "atheist", "old", "young", "deaf", "blind", "disabled", "autistic"),
    *("female", "male", "feminist"),
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
)


def neutral_sentences() -> list[str]:
    return [sentence.format(name) for sentence in SENTENCES for name in NAMES]
