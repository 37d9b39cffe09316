"""What notifications keep: webhooks and their deliveries, feeds, digests."""
