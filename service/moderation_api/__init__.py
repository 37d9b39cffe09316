"""What may a program with a moderator's token ask?"""
