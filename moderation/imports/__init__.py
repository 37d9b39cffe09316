"""What do other systems' files say, whatever their form?"""
