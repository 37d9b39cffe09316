"""How do moderators sign in and keep their account?"""
