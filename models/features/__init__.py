"""Texts to hashed features, with numpy alone."""
