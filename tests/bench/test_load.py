"""The client counts what it gets, and nothing else."""

import pytest

from bench.load import Load, drive
from bench.problem import NotMeasured
from bench.wire import Connection, get


@pytest.mark.parametrize("path", ["/200", "/200/close"])
def test_an_answer_in_many_pieces_is_read_whole(port: int, path: str) -> None:
    connection = Connection(port)

    answers = [connection.exchange(get(port, path)) for _ in range(3)]

    connection.close()
    assert [answer.body for answer in answers] == [path.encode() * 20_000] * 3
    assert {answer.stays for answer in answers} == {not path.endswith("close")}


def test_an_answer_in_chunks_is_read_whole(port: int) -> None:
    connection = Connection(port)

    answers = [connection.exchange(get(port, "/200/chunks")) for _ in range(3)]

    connection.close()
    assert [answer.body for answer in answers] == [b"\n" * 70_018] * 3


@pytest.mark.parametrize("path", ["/204", "/204/close"])
def test_a_load_ends_with_its_number_of_requests(port: int, path: str) -> None:
    load = Load("it", port, [get(port, path)], 204, connections=4, seconds=60, most=50)

    answered = drive(load)

    assert answered.number == 50
    assert answered.per_second > 0


def test_a_load_ends_with_its_time(port: int) -> None:
    answered = drive(Load("it", port, [get(port, "/204")], 204, connections=2, seconds=0.2))

    assert answered.ended - answered.began >= 0.2


def test_an_answer_that_was_not_expected_ends_the_measuring(port: int) -> None:
    load = Load("Parley", port, [get(port, "/503")], 202, connections=1, seconds=60)

    with pytest.raises(NotMeasured, match="Parley could not be measured: status 503, not 202"):
        drive(load)
