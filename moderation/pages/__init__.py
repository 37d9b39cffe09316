"""Which page is meant, and which addresses are a site's own?"""
