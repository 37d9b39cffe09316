"""Labelled files and our own sentences as examples for training."""
