"""What is kept about the server: audit log, address keys, workers?"""
