"""How often may something be done, and how much of it at once?"""
