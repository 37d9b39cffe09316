"""Scoring comments and deciding them."""
