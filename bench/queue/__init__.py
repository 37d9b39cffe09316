"""The moderators' queue, measured with a million comments: python -m bench.queue"""
