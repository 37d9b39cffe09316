"""How careful a site is, in a word: each stands for thresholds, measured with the model."""

from enum import StrEnum


class Strictness(StrEnum):
    """A named setting: how much waits for people, against how much harm passes."""

    CAREFUL = "careful"
    BALANCED = "balanced"  # where a site chooses nothing
    RELAXED = "relaxed"
