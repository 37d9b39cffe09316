"""How is one comment after the other decided?"""
