"""What happens after the answer: scoring what is pending."""

from moderation.config.lean_log import load_structlog

load_structlog()  # before any module here imports it
