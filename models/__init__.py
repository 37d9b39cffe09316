"""The classifier: its features, training, evaluation and serving."""
