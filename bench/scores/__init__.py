"""How quickly are texts scored that are only asked about, and what does it cost?"""
