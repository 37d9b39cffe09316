"""Which error has which status code and text?"""
