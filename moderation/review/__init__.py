"""What are notes, reports, filters and the audit sample?"""
