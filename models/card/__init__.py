"""From the manifest of a trained model to its card and pictures."""
