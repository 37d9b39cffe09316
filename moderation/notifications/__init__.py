"""Notifications of decisions and of what waits: webhooks, digests by mail, feeds."""
