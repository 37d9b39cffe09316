"""The two trainings: from Parley's files, and from an operator's own comments."""
