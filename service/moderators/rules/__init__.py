"""What may admins see and change of the rules of a site?"""
