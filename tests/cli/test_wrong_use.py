"""What is written wrongly is exit code 2 and a sentence, and changes nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import parley

ADD_SITE = "site add my-paper --origin https://a.example"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("site add My_Paper --origin https://a.example", "for example my-paper"),
        ("site add my-paper --origin a.example", "as https://example.org"),
        ("site add my-paper", "Missing option '--origin'"),
        (f"{ADD_SITE} --flag 2", "is no score from 0 to 1: give it as 0.85 or 85%"),
        (f"{ADD_SITE} --max-text 0", "1<=x<=10000"),
        ("site key", "Missing argument 'NAME'"),
        ("moderator add", "Missing argument 'NAME'"),
        ("moderator add \t", "name is 1 to 80 visible characters"),
        (f"moderator add {'a' * 81}", "name is 1 to 80 visible characters"),
        ("moderator add Bea --email bea", "an e-mail address is name@host"),
        ("moderator add Bea --role owner", "'admin', 'moderator', 'viewer'"),
        ("moderator reset x\ny", "name is 1 to 80 visible characters"),
        ("moderator forget", "No such command 'forget'"),
        ("audit list --limit 0", "is not in the range 1<="),
        (f"audit list --limit {10**20}", "is not in the range 1<="),
        ("webhook add http://hooks.example/", "give an https address"),
        ("webhook add https://10.0.0.1/", "it leads to 10.0.0.1, which is not public"),
        ("webhook add https://hooks.example/ --event comment", "'comment.published'"),
        ("webhook remove first", "not a valid integer range"),
        ("webhook on 0", "is not in the range 1<="),
        (f"webhook test {10**20}", "is not in the range 1<="),
        (f"site coral x --remove {10**20}", "is not in the range 1<="),
        (f"site labels x --forget {10**20}", "is not in the range 1<="),
        ("site show a\udcff", "'a\ufffd' is not UTF-8"),
        ("forget --name \udcff --site x", "'\ufffd' is not UTF-8"),
        ("upp", "No such command 'upp'"),
    ],
)
def test_wrong_use_is_exit_code_2(database_url: str, tmp_path: Path, line: str, words: str) -> None:
    environment = {"PARLEY_VAR": str(tmp_path), "PARLEY_DATABASE_URL": database_url}

    done = CliRunner(env=environment).invoke(parley, line.split(" "))

    assert done.exit_code == 2
    assert words in done.output
