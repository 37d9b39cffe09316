"""The article page of the README, a site like any other."""
