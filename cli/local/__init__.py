"""What `parley up` and the commands beside it need on one machine."""
