"""The number of a row, as commands take it."""

import click

ROW_NUMBER = click.IntRange(1, 2**63 - 1)  # what a database can look for
