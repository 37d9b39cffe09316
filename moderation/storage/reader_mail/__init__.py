"""Which readers get mails, about what, and which mails are on their way?"""
