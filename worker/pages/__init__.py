"""What do the site's own pages say that they are called?"""
