"""How is a site changed, and removed, and which keys has it?"""
