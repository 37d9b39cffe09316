"""`python -m cli` is `parley`: how `parley up` starts the others with the Python it runs on."""

from cli.main import parley

parley(prog_name="parley")
