"""How is a comment changed and appealed for, and what does its author get?"""
