"""What does a moderator see around a comment?"""
