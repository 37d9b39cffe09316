"""How are comments searched, and decided together?"""
