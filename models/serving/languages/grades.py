"""How far the scores of a language may go, and the codes of texts that are in none."""

from enum import StrEnum

ENGLISH = "en"
# Codes of ISO 639-2.
MIXED = "mul"  # several languages in one text
UNDETERMINED = "und"


class Grade(StrEnum):
    """What the scores of a language are good for, as measured."""

    DECIDES = "decides"  # what is below its threshold is approved
    SORTS = "sorts"  # everything waits, ordered by its score
    UNKNOWN = "unknown"  # everything waits, without a score
