"""In which language does a reader read, and in which words?"""
