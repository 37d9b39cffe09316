"""Which threads does a page have for its readers, in which order, and what of each?"""
