"""What moderators ask: sign in, see what waits, decide."""
