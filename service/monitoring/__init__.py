"""Is it alive, ready, and how busy?"""
