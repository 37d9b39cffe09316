"""What did people say that texts are?"""
