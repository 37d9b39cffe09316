"""What is built once for each web process?"""
