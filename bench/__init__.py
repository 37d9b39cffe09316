"""Parley and Isso, measured side by side in one run: `make bench`, or `python -m bench --help`.

Both get the same load from the same client: the same texts, as many keep-alive connections, one
page with as many comments. They take turns, several times over, and the median counts, so that a
machine busy with other things slows both. Isso runs as its documentation advises for production
(gunicorn, `--preload`, a process for each core) in an environment of its own, with its guard
against spam off; Parley with PARLEY_SUBMIT_LIMIT=off. Both store in SQLite on the same disk.
"""
