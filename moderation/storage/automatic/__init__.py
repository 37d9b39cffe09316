"""What was decided without a person, and what would be?"""
