"""How is what is stored kept, brought back and checked?"""
