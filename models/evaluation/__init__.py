"""What a finished model does: held-out, out-of-domain, functional tests, robustness, cost."""
