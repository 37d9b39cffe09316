"""Ask for a secret: a person does not see it, and a pipe is read without a word."""

import sys

import click

_LONGEST_LINE = 65_536  # bytes


def secret_input(question: str) -> str:
    """Return what a person types unseen, or the first line of the pipe.

    Whoever reads a pipe is not asked: a terminal beside it is not looked at.
    """
    if sys.stdin.isatty():
        return str(click.prompt(question, hide_input=True, err=True))
    line = sys.stdin.buffer.readline(_LONGEST_LINE)
    return line.decode(errors="replace").rstrip("\r\n")
