"""How is what is stored kept, brought back, checked and forgotten?"""
