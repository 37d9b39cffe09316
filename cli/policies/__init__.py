"""What is rejected unseen, by site?"""
