"""How are the models of other languages trained, measured and graded?"""
