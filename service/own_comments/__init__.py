"""What may readers ask of a comment of their own?"""
