"""What writes a decision?"""
