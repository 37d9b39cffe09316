"""What Parley is measured beside: other servers, and the floors of its own parts."""
