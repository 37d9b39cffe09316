"""What does a site hold, reject or publish, whatever the scores are?"""
