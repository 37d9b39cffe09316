"""What may only admins do, and the statistics."""
