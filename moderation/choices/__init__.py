"""What does a site choose in words: how careful it is, and its languages?"""
