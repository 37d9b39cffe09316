"""What is counted by day and site?"""
