"""The pieces of a text whose words are marked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a comment; `strength` is empty where it did not make the score."""

    text: str
    strength: str = ""
    title: str = ""
