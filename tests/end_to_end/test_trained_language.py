"""A language that Parley does not ship: trained, told, sorted, and decided by a site's own word."""

import subprocess
import sys
from pathlib import Path

from tests.support.dutch_comments import ORDINARY, RUDE, write_dutch
from tests.support.operator import Parley, fields_of

SORTED = "comments in Dutch are sorted here, not decided"


def command(parley: Parley, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        env=parley.environment,
        check=True,
        capture_output=True,
    )


def test_comments_in_an_own_language_are_sorted_and_then_decided(tmp_path: Path) -> None:
    parley = Parley(tmp_path / "var")
    data = write_dutch(tmp_path / "own.csv")
    try:
        command(parley, "train", "--language", "nl", "--data", str(data))
        (name,) = (path.name for path in (tmp_path / "var/models/languages").iterdir())
        command(parley, "model", "use", name)
        parley.start()
        command(parley, "site", "set", "demo", "--languages", "en,nl")

        assert [parley.decided(parley.submit(text)) for text in (ORDINARY, RUDE)] == ["flagged"] * 2
        _, greeting = parley.open(parley.link("Sign in as admin"))
        parley.open(parley.link("Sign in as admin"), fields_of(greeting))
        _, queue = parley.open(f"{parley.at}/moderate?order=score")
        assert queue.count(SORTED) == 2
        assert queue.index("idioot") < queue.index("Bedankt")
        assert '<mark class="highlight' in queue

        _, question = parley.open(f"{parley.at}/moderate/sites/demo/languages/nl/raise")
        assert "comments that were held out" in " ".join(question.split())
        command(parley, "site", "set", "demo", "--raise", "nl", "--yes")
        answers = [parley.decided(parley.submit(f"{text} Echt.")) for text in (ORDINARY, RUDE)]
        assert answers == ["approved", "flagged"]
    finally:
        parley.kill_all()
