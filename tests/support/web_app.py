"""What the tests of the web application share."""

from collections.abc import Callable

from flask import Flask

SECRET = b"a secret of the tests, long enough"


ORIGIN = "https://paper.example"


# No numbers to ask for, though Python takes some for one and refuses to read the last.
NO_NUMBERS = ("", "two", "²", "٣", "-1", "+1", " 1", "1_0", "1.0", "9" * 40, "9" * 5_000)


MakeApp = Callable[..., Flask]
