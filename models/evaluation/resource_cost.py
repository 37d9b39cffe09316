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

from models.evaluation.functional_cases import HARMLESS, HATEFUL, filled
from models.evaluation.process_memory import resident
from models.serving.classifier import Classifier, load

CHARACTERS = 400
BATCH = 256
_ALONE = 300
_BATCHES = 8
_WARM = 20
# Libraries of linear algebra would use every core otherwise; they look when they are imported.
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
_SCRIPT = (
    "import sys; from models.evaluation.process_memory import resident; before = resident(); "
    "from models.evaluation.resource_cost import tell; tell(sys.argv[1], before)"
)


@dataclass(frozen=True)
class Cost:
    alone_ms: float  # median of one comment, its normalising and all attributes
    batch_per_second: float  # comments in batches of 256, by processor time
    load_ms: float
    memory_mb: float | None  # added to a Python process by libraries, weights and scoring
    artefact_mb: float  # all its files


def cost(folder: Path) -> Cost:
    """Measured in a process of its own, so that nothing here counts."""
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _SCRIPT, str(folder)],
        env={**os.environ, **_ONE_THREAD},
        capture_output=True,
        check=True,
        text=True,
    )
    return Cost(**json.loads(ran.stdout))


def tell(folder: str, before: float | None) -> None:
    """Print the cost as JSON; `before` is the memory that the process held without this module."""
    began = time.perf_counter()
    classifier = load(Path(folder))
    loaded = time.perf_counter() - began
    texts = long_texts(BATCH)
    rate = _batch_rate(classifier, texts)
    after = resident()
    found = Cost(
        alone_ms=round(_alone(classifier, texts) * 1e3, 3),
        batch_per_second=round(rate),
        load_ms=round(loaded * 1e3, 1),
        memory_mb=None if after is None or before is None else round(after - before, 1),
        artefact_mb=round(sum(p.stat().st_size for p in Path(folder).iterdir()) / 1e6, 2),
    )
    sys.stdout.write(json.dumps(asdict(found)) + "\n")


def long_texts(number: int) -> list[str]:
    """So many texts of CHARACTERS characters each, all of them different."""
    kinds = [*HATEFUL.values(), *HARMLESS.values()]
    sentences = [text for kind in kinds for sentence in kind for text in filled(sentence)]
    step = 7  # no divisor of their number
    turns = [sentences[place * step % len(sentences)] for place in range(2 * len(sentences))]
    return [" ".join(turns[first:] + turns)[:CHARACTERS] for first in range(number)]


def _alone(classifier: Classifier, texts: Sequence[str]) -> float:
    times = []
    for number in range(_WARM + _ALONE):
        began = time.perf_counter()
        classifier.score([texts[number % len(texts)]])
        times.append(time.perf_counter() - began)
    return statistics.median(times[_WARM:])


def _batch_rate(classifier: Classifier, texts: Sequence[str]) -> float:
    classifier.score(texts)
    began = time.process_time()
    for _ in range(_BATCHES):
        classifier.score(texts)
    return _BATCHES * len(texts) / (time.process_time() - began)
