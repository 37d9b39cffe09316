"""A file of a language has a fault: /readyz, `parley doctor` and the queue say so."""

import json
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.support.language_faults import shipped_files, with_fault
from tests.support.operator import Parley, fields_of
from tests.support.program import wait_until

PLAIN = "This is what I think of it, and I have read all of it."
GERMAN = "Danke für den schönen Text, er hat mir gefallen."
NOT_SCORED = "waits because it is in German, which no model here can score"
NOT_TOLD = "in a language that no model here can score"
(DE,) = (name for name in shipped_files() if name.startswith("de-"))
(IDENTIFICATION,) = (name for name in shipped_files() if name.startswith("identification"))


def model_problem(parley: Parley) -> str:
    """What /readyz says of the model."""
    with pytest.raises(HTTPError) as refused:
        parley.open(f"{parley.at}/readyz")
    with refused.value as answer:
        assert answer.code == HTTPStatus.SERVICE_UNAVAILABLE
        return str(json.load(answer)["checks"]["model"])


def doctor(parley: Parley) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "doctor"]
    environment = parley.environment
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def sentences(parley: Parley) -> str:
    """The queue as a moderator sees it."""
    _, greeting = parley.open(parley.link("Sign in as admin"))
    return parley.open(parley.link("Sign in as admin"), fields_of(greeting))[1]


@pytest.mark.parametrize(
    ("file", "fault", "sentence"),
    [
        (DE, "missing", NOT_SCORED),
        (DE, "flipped", NOT_SCORED),
        (IDENTIFICATION, "flipped", NOT_TOLD),
        ("manifest.json", "foreign", NOT_TOLD),
    ],
)
def test_that_language_waits_and_english_is_decided(
    tmp_path: Path, file: str, fault: str, sentence: str
) -> None:
    parley = Parley(tmp_path / "var")
    parley.environment["PARLEY_MODEL"] = str(with_fault(tmp_path / "model", file, fault))
    try:
        parley.start()

        assert parley.decided(parley.submit(PLAIN)) == "approved"
        assert parley.decided(parley.submit(GERMAN)) == "flagged"
        wait_until(lambda: file in model_problem(parley))
        assert "every comment is flagged" not in model_problem(parley)
        checked = doctor(parley)
        assert checked.returncode == 1
        assert f"{file}" in next(
            line for line in checked.stdout.splitlines() if line.startswith("problem  artefact")
        )
        assert sentence in sentences(parley)
    finally:
        parley.kill_all()
