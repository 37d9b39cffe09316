"""Which form has each other system's file?"""
