"""Ages as people say them."""

from datetime import timedelta

import pytest

from service.moderators.display.labels import age


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (3599, "59 minutes ago"),
        (3600, "1 hour ago"),
        (86399, "23 hours ago"),
        (86400, "1 day ago"),
        (864000, "10 days ago"),
    ],
)
def test_an_age_is_said_in_the_largest_whole_unit(seconds: int, words: str) -> None:
    assert age(timedelta(seconds=seconds)) == words
