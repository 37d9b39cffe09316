"""Which settings, secrets and logs does a process have?"""
