"""What may readers do with a comment of their own?"""
