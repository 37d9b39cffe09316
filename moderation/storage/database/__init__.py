"""How do transactions begin, wait and commit?"""
