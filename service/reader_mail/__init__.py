"""Which mails may a reader ask for, and how are they confirmed and stopped?"""
