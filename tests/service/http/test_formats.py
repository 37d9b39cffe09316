"""Values as other programs read them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.http.formats import csv_text


@pytest.mark.parametrize(
    ("field", "safe"),
    [
        ("demo", '"demo"'),
        (3, '"3"'),
        (None, '""'),
        ('say "hi", then\r\ngo', '"say ""hi"", then\r\ngo"'),
        ("=1+1", '"\'=1+1"'),
        ("+1", '"\'+1"'),
        ("-my-site", '"\'-my-site"'),
        ("@SUM(A1)", '"\'@SUM(A1)"'),
        ("\t=1", '"\'\t=1"'),
        ("\r=1", '"\'\r=1"'),
        (" =1", '"\' =1"'),
        ("＝1", '"\'＝1"'),
        ("＋1", '"\'＋1"'),
        ("－1", '"\'－1"'),
        ("＠x", '"\'＠x"'),
    ],
)
def test_no_field_is_a_formula(field: object, safe: str) -> None:
    assert csv_text([[field]]) == f"{safe}\r\n"


@given(rows=st.lists(st.lists(st.text(alphabet="a,;'\"\r\n ="), min_size=1), min_size=1))
def test_a_program_reads_the_fields_that_were_written(rows: list[list[str]]) -> None:
    fields = [[field.removeprefix("'") for field in row] for row in rows]

    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))

    assert [[field.removeprefix("'") for field in row] for row in read] == fields
