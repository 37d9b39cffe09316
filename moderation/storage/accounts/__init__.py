"""What is kept about moderators and their sessions?"""
