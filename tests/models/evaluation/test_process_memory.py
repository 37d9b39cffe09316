import subprocess
import sys

from models.evaluation.process_memory import resident_memory_mb


def test_what_a_process_holds_is_in_its_resident_memory() -> None:
    before = resident_memory_mb()

    held = b"x" * 64_000_000

    after = resident_memory_mb()
    assert before is not None
    assert after is not None
    assert 55 <= after - before <= 80
    assert len(held) == 64_000_000


def test_asking_imports_no_numpy() -> None:
    script = (
        "import sys; from models.evaluation.process_memory import resident_memory_mb;"
        "resident_memory_mb(); print('numpy' in sys.modules)"
    )

    process = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )

    assert process.stdout == "False\n"
