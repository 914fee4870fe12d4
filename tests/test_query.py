import pytest

from nutgraf import ArgumentError, QueryError
from nutgraf.query import MAX_LENGTH, parse
from nutgraf.tree import Filter, Group, Phrase, Prefix, Word

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("a b", Group(should=(A, B))),
        ("a a", Group(should=(A, A))),  # a word said again weighs more
        ("a OR b", Group(should=(A, B))),
        ("a AND b", Group(must=(A, B))),
        ("+a b -c", Group(must=(A,), should=(B,), exclude=(C,))),
        ("+a -b", Group(should=(A,), exclude=(B,))),
        ("a NOT b", Group(should=(A,), exclude=(B,))),
        ("a AND NOT b", Group(should=(A,), exclude=(B,))),
        ("NOT NOT a", A),
        ("a OR NOT b", Group(should=(A, Group(exclude=(B,))))),
        ("a AND b OR c", Group(should=(Group(must=(A, B)), C))),
        ("a (b AND c)", Group(should=(A, Group(must=(B, C))))),
        ("((a)) (b c)", Group(should=(A, B, C))),
        ('"a b"', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ("mis*", Prefix("mis")),
        ("place:x a", Group(should=(A,), filters=(Filter("place", "x"),))),
        ("+place:x", Group(filters=(Filter("place", "x"),))),
        ("-place:x", Group(exclude=(Filter("place", "x"),))),
        ("place:x OR a", Group(should=(Filter("place", "x"), A))),
        ('BY:"Ann Lee"', Group(filters=(Filter("by", "Ann Lee"),))),
        ("date:2019..", Group(filters=(Filter("date", "2019.."),))),
        ("Abdul-Mahdi", Word("Abdul-Mahdi")),
        ("--a", A),
        ("-+a", Group(exclude=(A,))),
        ("--place:x", Group(filters=(Filter("place", "x"),))),
        ("path:\udce9.txt", Group(filters=(Filter("path", r"\xe9.txt"),))),
        ("http://a.b/c", Phrase("http://a.b/c")),
    ],
)
def test_what_is_understood(text: str, tree: object) -> None:
    query = parse(text)
    assert query.tree == tree
    assert query.notices == ()


@pytest.mark.parametrize(
    ("text", "kind", "understood", "message"),
    [
        ("", "empty", "", "The query is empty."),
        ("  \n ", "empty", "", "The query is empty."),
        ("()", "empty", "", "The query is empty."),
        ("!!!", "no-words", "", "There is no word in '!!!'; it is ignored."),
        ("🚀", "no-words", "", "There is no word in '🚀'; it is ignored."),
        ("*", "no-words", "", "There is no word in '*'; it is ignored."),
        ('"', "unclosed-quote", "", "This quote is never closed; it is ignored."),
        ('"a b', "unclosed-quote", "a b", "This quote is never closed; it is ignored."),
        ("(a", "unbalanced-parenthesis", "a", "This parenthesis has no partner; it is ignored."),
        ("a)", "unbalanced-parenthesis", "a", "This parenthesis has no partner; it is ignored."),
        (
            "AND",
            "dangling-operator",
            '"AND"',
            "AND has nothing to join here; it is taken as a word.",
        ),
        (
            "a OR",
            "dangling-operator",
            'a "OR"',
            "OR has nothing to join here; it is taken as a word.",
        ),
        (
            "foo:bar",
            "unknown-field",
            '"foo:bar"',
            "There is no field 'foo'; it is searched as words. The fields are "
            "by, place, source, date, title, role, article, path.",
        ),
        (
            'title:""',
            "empty-filter",
            "",
            "title: needs a value, as in title:lighthouse; it is ignored.",
        ),
        (
            "place: x",
            "empty-filter",
            "place: x",
            "place: needs a value, as in place:istanbul; it is",
        ),
        ("+(", "unbalanced-parenthesis", "", "This parenthesis has no partner; it is ignored."),
        ('-"', "unclosed-quote", "", "This quote is never closed; it is ignored."),
        ("+a OR b", "sign-in-or", "a b", "A + beside OR asks for nothing; it is ignored."),
        (
            "(" * 51 + "a" + ")" * 51,
            "too-deep",
            "a",
            "Nested more than 50 deep; this parenthesis is ignored.",
        ),
    ],
)
def test_what_is_no_syntax_is_said(text: str, kind: str, understood: str, message: str) -> None:
    query = parse(text)
    assert str(query) == understood
    assert query.notices[0].kind == kind
    assert query.notices[0].message.startswith(message)


def test_a_mistyped_field_is_suggested() -> None:
    (notice,) = parse("x tilte:light").notices
    assert (notice.start, notice.end, notice.suggestion) == (2, 13, "title:light")


@pytest.mark.parametrize(
    ("text", "start", "end", "message"),
    [
        (
            "x date:yesterdayish",
            2,
            19,
            "date:yesterdayish names no date or range of dates; write 2020-01-12, 2020-01, 2020, "
            "2019..2020-01, 2019.. or ..2019",
        ),
        ("date:2020..2019", 0, 15, "date:2020..2019 names no date"),
        ("date:2020-02-30", 0, 15, "date:2020-02-30 names no date"),
        ("role:hero", 0, 9, "role:hero names no role; the roles are headline, byline, lead, body"),
        (
            "x" * 1_000_000,
            MAX_LENGTH,
            1_000_000,
            "the query is too long: 1,000,000 characters, 10,000",
        ),
    ],
)
def test_the_only_errors(text: str, start: int, end: int, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert str(caught.value).startswith(message)
    assert (caught.value.start, caught.value.end) == (start, end)


@pytest.mark.parametrize("unit", ["(", ")", '"', "(a ", "NOT ", "-", "a:", "(a AND ", "a OR ", "*"])
def test_the_longest_queries_are_understood(unit: str) -> None:
    text = unit * ((MAX_LENGTH - 2) // len(unit))  # printed, it may have gained two quotes
    assert parse(str(parse(text))).tree == parse(text).tree


def test_what_is_no_text_is_no_query() -> None:
    with pytest.raises(ArgumentError, match="a query must be a text, not None"):
        parse(None)  # type: ignore[arg-type]
