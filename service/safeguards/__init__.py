"""How is a reader told from a program, without asking the reader anything?"""
