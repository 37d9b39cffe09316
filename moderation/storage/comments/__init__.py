"""How is a comment stored and found, and who may see it?"""
