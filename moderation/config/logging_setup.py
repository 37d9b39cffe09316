"""Log one line of JSON an event, on standard error; never the text of a comment."""

import logging
import sys
import threading
from types import TracebackType

import structlog

_SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

log = structlog.get_logger()


def log_to_stderr() -> None:
    """Set up the log of this process: JSON for a program, plain lines for a terminal.

    Ours, that of libraries from warnings on, and what ends a thread or the process.
    """
    as_line = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=True)
    )
    structlog.configure(
        processors=[*_SHARED, structlog.processors.format_exc_info, as_line],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
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
