"""How are values shown to a moderator?"""
