"""Log one line of JSON an event, on standard error; never the text of a comment."""

import logging
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, TextIO, cast

import structlog

_SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

log = structlog.get_logger()


class LossyOutput:
    """Standard output or error that may be full or gone: what is written is lost, and that is all.

    A log on a full disk must end no process and answer no request with 500.
    """

    def __init__(self, stream: TextIO) -> None:
        """Write to the stream, as long as it takes anything."""
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        """Be the stream in all else, as for `isatty` and `encoding`."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, or lose the text."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush; what could not be written may come out later, or never."""
        with suppress(OSError):
            self._stream.flush()


def log_to_stderr() -> None:
    """Set up the log of this process: JSON for a program, plain lines for a terminal.

    Ours, that of libraries from warnings on, and what ends a thread or the process.
    """
    sys.stdout, sys.stderr = LossyOutput(sys.stdout), LossyOutput(sys.stderr)
    as_line = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=True)
    )
    structlog.configure(
        processors=[*_SHARED, structlog.processors.format_exc_info, as_line],
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", sys.stderr)),
        cache_logger_on_first_use=True,
    )
    _log_libraries(as_line)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda ended: _log_uncaught(
        ended.exc_type, ended.exc_value, ended.exc_traceback
    )


def _log_libraries(as_line: structlog.typing.Processor) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_SHARED, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                as_line,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.captureWarnings(True)


def _log_uncaught(
    kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt) or error is None:
        sys.__excepthook__(kind, error or kind(), traceback)
        return
    log.critical("uncaught", exc_info=(kind, error, traceback))
