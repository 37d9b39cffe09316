"""How do programs ask that were written for Akismet?"""
