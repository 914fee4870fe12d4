"""JSON Lines: an object a hit, with the passages around it if they are asked for."""

import json

from made_hits import PIPE, alone, hit_of
from nutgraf.output.json_lines import answer_lines, hit_lines, record_lines
from nutgraf.output.style import Answer, HitWithContext

HOSTILE = 'An otter\0 "q" \x1b[31m \\ \t tab\r\nline \u2028 \u2029 \x7f \x85 \x9b é'


def test_a_hit_is_its_dictionary() -> None:
    hit = hit_of(HOSTILE)
    (line,) = hit_lines(alone(hit), PIPE)
    assert json.loads(line) == hit.to_dict()
    assert line.isprintable()
    (ascii_line,) = hit_lines(alone(hit), PIPE._replace(ascii_only=True))
    assert ascii_line.isascii()
    assert json.loads(ascii_line) == hit.to_dict()


def test_a_hit_of_many_queries_begins_with_query_and_rank() -> None:
    hit = hit_of("An otter.")
    (line,) = answer_lines([Answer("otter", 7, alone(hit))], PIPE)
    assert json.loads(line) == {"query": "otter", "rank": 7} | hit.to_dict()
    assert line.startswith('{"query": "otter", "rank": 7, ')


def test_the_passages_around_a_hit_are_keys_if_they_are_asked_for() -> None:
    hit = hit_of("An otter.")
    style = PIPE._replace(context=True)
    neighbour = {
        "citation": "memo#1",
        "number": 1,
        "role": hit.role,
        "heading": "",
        "line": 1,
        "page": 0,
        "start": 0,
        "end": 9,
        "text": "An otter.",
    }
    for lines in (
        hit_lines([HitWithContext(hit, [hit], [])], style),
        answer_lines([Answer("otter", 1, [HitWithContext(hit, [hit], [])])], style),
    ):
        record = json.loads(next(lines))
        assert (record["before"], record["after"]) == ([neighbour], [])


def test_records() -> None:
    assert [*record_lines([{"path": "a"}, {"path": 'b"'}], PIPE)] == [
        '{"path": "a"}',
        '{"path": "b\\""}',
    ]
