"""What do programs ask that were written for the Perspective API?"""
