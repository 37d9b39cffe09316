"""How is a database saved while it is used, and brought back?"""
