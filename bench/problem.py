"""The one thing that ends a run."""


class NotMeasured(RuntimeError):
    """Something could not be measured; its text is the sentence for who asked."""
