"""Which rules are in force, and what must be known to apply them?"""
