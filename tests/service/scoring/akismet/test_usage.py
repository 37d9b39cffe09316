"""What a key was used for takes no more of Redis than it may."""

import pytest
from flask import Flask

from moderation.clock import utc_now
from service.scoring.akismet import usage
from service.scoring.akismet.usage import Use, usage_counts


def test_of_too_many_websites_the_first_are_counted(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "_MOST_COUNTS", 2)
    now = utc_now()
    with app.app_context():
        for website in ("a", "b", "c", "a", "c"):
            usage_counts().note("key", website, Use.HAM, now)

        counts = usage_counts().of_month("key", f"{now:%Y-%m}")

    assert {website: used.ham for website, used in counts.items()} == {"a": 2, "b": 1}
