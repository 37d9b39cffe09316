"""Which characters does nobody see?"""
