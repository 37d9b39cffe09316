"""How is a request read, and how is a value written in an answer?"""
