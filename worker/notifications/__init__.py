"""The process that sends webhooks and digests."""
