"""How are a page's comments read, and one of them written, without a script?"""
