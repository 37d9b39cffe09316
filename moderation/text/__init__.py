"""When are two texts alike, and which words is a text found by?"""
