"""Texts that hypothesis makes up."""

from hypothesis import strategies as st

# Any character, and often those that the normaliser changes, next to one another.
DISGUISES = st.sampled_from([*"aso1@$ .*-_!'ßſé\u0301\u0323\u200b\u2800\u3164\u034f\r\u0430\u03c9"])


LINKS = st.sampled_from(["http://a.example ", "x@y.example ", "@joe ", "\ufdfa", "각", "🙂"])


ANY_TEXT = st.lists(st.one_of(DISGUISES, LINKS, st.characters(codec=None)), max_size=60).map(
    "".join
)
