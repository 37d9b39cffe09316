"""What readers and websites ask."""
