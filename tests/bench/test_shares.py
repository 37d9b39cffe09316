"""What each part spends on a comment."""

import json
from pathlib import Path

from click.testing import CliRunner

from bench.shares.__main__ import shares


def test_every_part_spends_something_on_a_comment(short_folder: Path) -> None:
    folder = str(short_folder / "shares")

    done = CliRunner().invoke(shares, ["--comments", "200", "--folder", folder, "--json"])

    assert done.exit_code == 0, done.output
    measured = json.loads(done.stdout)
    comment = measured["a comment, submitted and decided"]
    assert list(comment) == ["web server", "worker", "Redis", "PostgreSQL"]
    # Redis does so little for two hundred comments that its clock may not have ticked.
    assert min(comment[part] for part in ("web server", "worker", "PostgreSQL")) > 0
    assert measured["bytes of a comment, with its indexes"]["PostgreSQL"] > len("Agreed. (1)")
