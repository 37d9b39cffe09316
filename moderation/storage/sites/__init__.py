"""By which keys do a site's servers submit, and how does a site leave?"""
