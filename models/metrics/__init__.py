"""The arithmetic of figures, thresholds, intervals and curves, apart from any model."""
