"""What holds for every command: its arguments and what it says are UTF-8, and can be written."""

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from cli.lazy_group import LazyGroup

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class RootGroup(LazyGroup):
    """The command `parley`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; raises click.UsageError for one not in UTF-8 that is no file's."""
        return super().parse_args(ctx, [_decoded(argument, ctx) for argument in args])

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command, and end with exit code 1 where there is no room for what it says."""
        _prepare_output()
        try:
            return self._run(*args, **options)
        except OSError as error:
            if error.errno not in (*_FULL, errno.EPIPE):
                raise
            _give_up_output()
            if error.errno != errno.EPIPE:  # whoever read it has seen enough
                click.echo(f"Error: it cannot be written: {error.strerror}", err=True)
            sys.exit(1)

    def _run(self, *args: Any, **options: Any) -> Any:
        try:
            return super().main(*args, **options)
        finally:
            sys.stdout.flush()


def _decoded(argument: str, ctx: click.Context) -> str:
    if argument.isascii() or Path(argument).exists():
        return argument
    try:
        return os.fsencode(argument).decode()
    except UnicodeError as error:
        sentence = f"{click.format_filename(argument)!r} is not UTF-8"
        raise click.UsageError(sentence, ctx) from error


def _prepare_output() -> None:
    if sys.stdout is None:  # closed by who started it
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # it may be ASCII, as with LANG=C
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _give_up_output() -> None:
    """Have Python not try it again at its end, which it would say in words of its own."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
