"""The command line: the roof over all rooms."""
