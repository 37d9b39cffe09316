"""What a classifier costs on this machine: time, size and memory, on one core."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from models.evaluation.functional_cases import HARMLESS, HATEFUL, fill
from models.evaluation.process_memory import resident_memory_mb
from models.serving.classifier import Classifier, load

CHARACTERS = 400
BATCH = 256
_SINGLE_RUNS = 300
_BATCH_RUNS = 8
_WARM_UP = 20
# Libraries of linear algebra would use every core otherwise; they look when they are imported.
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
_SCRIPT = (
    "import sys; from models.evaluation.process_memory import resident_memory_mb; "
    "before = resident_memory_mb(); "
    "from models.evaluation.resource_cost import print_cost; print_cost(sys.argv[1], before)"
)


@dataclass(frozen=True)
class Cost:
    """The cost of a classifier.

    Attributes:
        alone_ms: Of one comment, normalising and all attributes; median, in milliseconds.
        batch_per_second: Comments in batches of BATCH, by processor time.
        load_ms: To load the artefact, in milliseconds.
        memory_mb: What libraries, weights and scoring add to a Python process, in megabytes; None
            where the system does not tell.
        artefact_mb: All files of the artefact, its languages' too, in megabytes.
    """

    alone_ms: float
    batch_per_second: float
    load_ms: float
    memory_mb: float | None
    artefact_mb: float


def measure_cost(folder: Path) -> Cost:
    """Measure an artefact in a process of its own, so that nothing here counts."""
    process = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _SCRIPT, str(folder)],
        env={**os.environ, **_ONE_THREAD},
        capture_output=True,
        check=True,
        text=True,
    )
    return Cost(**json.loads(process.stdout))


def print_cost(folder: str, memory_before: float | None) -> None:
    """Measure an artefact in this process and print the cost as JSON.

    Args:
        folder: The artefact.
        memory_before: What the process held before it imported this module, in megabytes.
    """
    started = time.perf_counter()
    classifier = load(Path(folder))
    load_seconds = time.perf_counter() - started
    texts = long_texts(BATCH)
    rate = _batch_rate(classifier, texts)
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    cost = Cost(
        alone_ms=round(_single_seconds(classifier, texts) * 1e3, 3),
        batch_per_second=round(rate),
        load_ms=round(load_seconds * 1e3, 1),
        memory_mb=_added_memory(memory_before),
        artefact_mb=round(sum(path.stat().st_size for path in files) / 1e6, 2),
    )
    sys.stdout.write(json.dumps(asdict(cost)) + "\n")


def long_texts(number: int) -> list[str]:
    """Return so many texts of CHARACTERS characters each, all of them different."""
    kinds = [*HATEFUL.values(), *HARMLESS.values()]
    sentences = [text for kind in kinds for template in kind for text in fill(template)]
    step = 7  # no divisor of their number
    turns = [sentences[place * step % len(sentences)] for place in range(2 * len(sentences))]
    return [" ".join(turns[first:] + turns)[:CHARACTERS] for first in range(number)]


def _added_memory(before: float | None) -> float | None:
    after = resident_memory_mb()
    return None if after is None or before is None else round(after - before, 1)


def _single_seconds(classifier: Classifier, texts: Sequence[str]) -> float:
    seconds = []
    for number in range(_WARM_UP + _SINGLE_RUNS):
        started = time.perf_counter()
        classifier.score([texts[number % len(texts)]])
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds[_WARM_UP:])


def _batch_rate(classifier: Classifier, texts: Sequence[str]) -> float:
    classifier.score(texts)
    started = time.process_time()
    for _ in range(_BATCH_RUNS):
        classifier.score(texts)
    return _BATCH_RUNS * len(texts) / (time.process_time() - started)
