"""The command line: the roof over all rooms."""

from moderation.config.lean_log import load_structlog

load_structlog()  # before any module here imports it
