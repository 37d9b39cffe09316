"""How do comments move in from elsewhere, and out?"""
