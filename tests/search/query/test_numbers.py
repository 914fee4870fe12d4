"""A plus or minus before a number: part of the number in prose, syntax among keywords."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index, search
from nutgraf.query.parser import parse

PIECES = "otter the of war -5 +5 -0.1% +48,000 -2003 +2003 -$5 degrees ( ) OR NOT -5km 5".split()


@pytest.mark.parametrize(
    ("text", "understood", "number", "write"),
    [
        ("a growth rate of -0.1%", "a growth rate of 0.1%", "-0.1%", "NOT 0.1%"),
        ("temperatures of -5 degrees", "temperatures of 5 degrees", "-5", "NOT 5"),
        ("low -5 C", "low 5 C", "-5", "NOT 5"),
        ("rate -0.5 percent", "rate 0.5 percent", "-0.5", "NOT 0.5"),
        ("Nasdaq (-0.5%) falls", "Nasdaq 0.5% falls", "-0.5%", "NOT 0.5%"),
        ("It lost -$5 on Monday.", "It lost $5 on Monday", "-$5", "NOT $5"),
        ("It rose +0.3% in the end.", "It rose 0.3% in the end", "+0.3%", "+(0.3%)"),
        ("the Dow lost -1500 points", "the Dow lost 1500 points", "-1500", "NOT 1500"),
    ],
)
def test_the_sign_of_a_number_in_prose_is_no_syntax(
    text: str, understood: str, number: str, write: str
) -> None:
    query = parse(text)
    assert str(query) == understood
    (diagnostic,) = query.diagnostics
    effect = "exclude" if number[0] == "-" else "require"
    assert (diagnostic.kind, diagnostic.suggestion) == ("own-sign", write)
    assert text[diagnostic.start : diagnostic.end] == number
    assert diagnostic.message == (
        f"The sign of {number} is that of a number; to {effect} it, write {write}."
    )
    assert parse(understood).tree == query.tree


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("temperatures between -5 and -10", "temperatures between 5 and 10"),
        ("low -5 and -10 degrees", "low 5 and 10 degrees"),
        ("-5 to -10 in 2003 -2004", "5 to 10 in 2003 -2004"),
    ],
)
def test_signs_of_numbers_are_read_in_one_way(text: str, understood: str) -> None:
    assert str(parse(text)) == understood


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("otters -2003", "otters -2003"),
        ("what happened to the otters -2003", "what happened to the otters -2003"),
        ("-2003", "-2003"),
        ("+2003 otters", "+2003 otters"),
        ("otters -5", "otters NOT 5"),
        ("-5", "NOT 5"),
        ("+5 otters", "+(5) otters"),
        ("otters -5km", "otters NOT 5km"),
        ("the otters NOT 5", "the otters NOT 5"),
        ("the rise of otters -(5)", "the rise of otters NOT 5"),
        ("+(5) the rise of an otter", "+(5) the rise of an otter"),
        ("the otter of the war OR -5", "the OR otter OR of OR the OR war OR (NOT 5)"),
        ("the otters of by:lee -5", "the otters of by:lee NOT 5"),
        ('"the war of the worlds" -5', '"the war of the worlds" NOT 5'),
        ("otters -5*", "otters NOT 5*"),
    ],
)
def test_among_keywords_it_excludes_or_requires(text: str, understood: str) -> None:
    query = parse(text)
    assert (str(query), query.diagnostics) == (understood, ())
    assert parse(understood).tree == query.tree


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("GDP growth -0.1%", "-0.1% excludes 0.1%; to search for it, leave out the minus."),
        ("+48,000 new jobs", "+48,000 requires 48,000; to search for it, leave out the plus."),
    ],
)
def test_a_quantity_that_is_excluded_or_required_is_told(text: str, message: str) -> None:
    (diagnostic,) = parse(text).diagnostics
    assert (diagnostic.kind, diagnostic.message) == ("number-sign", message)
    assert diagnostic.suggestion == message.split()[2].rstrip(";")


def test_a_pasted_sentence_finds_its_own_passage() -> None:
    texts = ["Inflation came at a rate of -0.1% in the end.", "The rate of the end."]
    with Index.in_memory() as index:
        index.add([Article(id=str(n), text=text, language="en") for n, text in enumerate(texts)])
        assert [hit.article for hit in search(texts[0], index)] == ["0", "1"]
        assert [hit.article for hit in search("rate -0.1%", index)] == ["1"]


@given(st.lists(st.sampled_from(PIECES), max_size=7), st.sampled_from(["any", "all", "auto"]))
def test_any_such_text_is_printed_as_it_is_read(pieces: list[str], require: str) -> None:
    query = parse(" ".join(pieces), require=require)  # type: ignore[arg-type]
    assert parse(str(query)).tree == query.tree
