"""How do comments come from other systems, and leave?"""
