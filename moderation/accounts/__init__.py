"""Who may moderate, and how do they prove who they are?"""
