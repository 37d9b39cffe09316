"""What does the model make of a comment, and a site's policy of that?"""
