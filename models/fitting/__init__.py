"""Fits: sample weights, folds, estimator, stacking, calibration and thresholds."""
