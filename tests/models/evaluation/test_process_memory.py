import subprocess
import sys


def test_what_a_process_holds_is_in_its_resident_memory() -> None:
    # In a process of its own: in a large one what is held may take pages that were free.
    script = (
        "from models.evaluation.process_memory import resident_memory_mb;"
        "before = resident_memory_mb(); held = b'x' * 64_000_000;"
        "print(resident_memory_mb() - before, len(held))"
    )

    process = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )

    grown, held = process.stdout.split()
    assert 55 <= float(grown) <= 80
    assert held == "64000000"


def test_asking_imports_no_numpy() -> None:
    script = (
        "import sys; from models.evaluation.process_memory import resident_memory_mb;"
        "resident_memory_mb(); print('numpy' in sys.modules)"
    )

    process = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )

    assert process.stdout == "False\n"
