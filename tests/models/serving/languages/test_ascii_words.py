import re
import string

from hypothesis import example, given
from hypothesis import strategies as st

from models.serving.languages import ascii_words
from models.serving.languages.language_features import sentences_of_words

ASCII = st.text(st.sampled_from(f"aBz09_'.,!?\n\t\r -{string.printable}"))
NO_LINKS = ASCII.filter(lambda text: not re.search("[@#]|://|www[.]|URL", text))
LETTER = "[^\\W\\d_]"


@given(ASCII)
@example("'it's' O'Neill's dogs' rock''n''roll don't4 4can't a'1b _x x_ \x1c \x0b")
def test_words_between_are_what_the_pattern_of_every_script_finds(text: str) -> None:
    assert ascii_words.words_between(text) == re.findall(f"{LETTER}+(?:'{LETTER}+)*", text)


@given(NO_LINKS)
@example("it's4 dogs' 'a b' abc'0d 12'34 a1_b. x_ _x! rock''n''roll\n\nEND...")
def test_sentences_are_those_of_a_text_with_one_letter_beyond_ascii(text: str) -> None:
    assert ascii_words.words_of_sentences(text) == sentences_of_words(f"{text}…")


def test_a_long_run_of_letters_without_a_digit_takes_no_time() -> None:
    assert ascii_words.words_of_sentences("a" * 100_000 + "'") == [["a" * 100_000 + "'"]]
