"""What the invented newspaper's readers are called, and what they write."""

from itertools import product

from tests.support.factories import CommentFields

READERS = ("Alma", "Bruno", "Carla", "Dario", "Elif", "Femi", "Greta", "Hugo", "Irma")
STORY: CommentFields = {
    "page": "/headquarters",
    "title": "Washington plans a joint force headquarters in Japan",
    "url": "https://paper.example/headquarters",
}
PAST: CommentFields = {
    "page": "/bridge",
    "title": "The old bridge is closed for a year",
    "url": "https://paper.example/bridge",
}
# The same leaflet, copied under several articles by several hands.
LEAFLET = (
    (5, "Neighbour 1", "/bridge", "Sign the petition against the new headquarters now, friends!"),
    (4.5, "Tomas", "/headquarters", "Friends, sign the petition against the new headquarters NOW"),
    (4, "citizen_77", "/bridge", "sign the petition against the new headquarters now friends…"),
    (3, "Rosa", "/headquarters", "Sign the petition against the new headquarters now, friends!"),
    (2, "Old sailor", "/harbour", "Sign the petition against the new headquarters now, friends!"),
)
# Published at once, and looked at later.
UNSEEN = (
    ("Gus", "What a stupid place for a headquarters."),
    ("Wilma", "Whoever planned this has never stood in that traffic, the fools."),
)
_LINK = "Earn money from home, check out my channel and subscribe: https://pay.example/sale?id="
_REPROACHES = (
    "You have no idea what you are talking about.",
    "This is nonsense, and you know it.",
    "Whoever signs such a plan should be thrown out of office.",
    "Only a fool believes what that ministry says.",
    "Stop spreading this rubbish.",
    "What a lazy piece of writing.",
    "They take us all for idiots.",
    "The minister is a liar, as always.",
)
_ADVICE = (
    "Read the treaty first.",
    "Nobody asked those who live there.",
    "It will cost twice as much.",
    "Ten years ago you wrote the opposite.",
    "I will not buy this paper again.",
)
# Not two alike, and neighbours differ in both sentences.
DOUBTS = tuple(
    f"{reproach} {advice}"
    for reproach, advice in sorted(
        product(_REPROACHES, _ADVICE),
        key=lambda pair: (
            (_REPROACHES.index(pair[0]) + _ADVICE.index(pair[1])) % len(_REPROACHES),
            pair,
        ),
    )
)
THANKS = (
    "Thank you, the map helped me.",
    "My way to work is now an hour longer.",
    "Is there a ferry for the time being?",
    "The photograph of 1931 is wonderful.",
    "When will the cyclists get their lane?",
    "A clear report. I would like to read more about the engineers.",
)
# Hours ago, by whom, what.
TALK = (
    (4, "Visitor", f"{_LINK}1"),
    (3, "Visitor", f"{_LINK}2"),
    (2, "Nobody special", "What a bunch of id\u200biots, all of th\u200bem."),
    (1, "Lena", "My grandfather served there, and he would have liked this plan."),
)
# Under the article page: by whom, what.
LETTERS = (
    (
        "Ines",
        "The comparison with South Korea helped me. I had assumed that the allies had"
        " a combined command here as well.",
    ),
    (
        "Tomo",
        "Nineteen hours is the part I had not thought about. When it is Monday morning at"
        " Yokota, it is still Sunday in Hawaii.\n\nIs there a map of the bases?",
    ),
)
