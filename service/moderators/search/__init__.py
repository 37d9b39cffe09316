"""How are comments found, and decided together?"""
