import datetime

import pytest

from nutgraf import ArgumentError, QueryError
from nutgraf.query.parser import MAX_LENGTH, parse
from nutgraf.query.tree import Boost, Exact, Filter, Fuzzy, Group, Near, Pattern, Signed, Words

A, B, C = Words("a"), Words("b"), Words("c")
COUNTED = Words("a", quoted=True)  # after + a stop word counts
X_OR_Y = Group(should=(Filter("place", "x"), Filter("place", "y")))
FRIDAY = datetime.date(2020, 1, 10)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("a b", Group(should=(A, B))),
        ("a a", Group(should=(A, A))),  # a word said again weighs more
        ("a OR b", Group(should=(A, B))),
        ("a AND b", Group(must=(A, B))),
        ("+a b -c", Group(must=(COUNTED,), should=(B,), exclude=(C,))),
        ("+a -b", Group(should=(COUNTED,), exclude=(B,))),
        ("a NOT b", Group(should=(A,), exclude=(B,))),
        ("+(a b) c", Group(must=(Group(should=(COUNTED, B)),), should=(C,))),
        ("+a AND c", Group(must=(COUNTED, C))),
        ("a AND b -c", Group(must=(A, B), exclude=(C,))),
        ("(a AND b) place:x", Group(must=(A, B), filters=(Filter("place", "x"),))),
        ("a AND NOT b", Group(should=(A,), exclude=(B,))),
        ("NOT NOT a", A),
        ("a OR NOT b", Group(should=(A, Group(exclude=(B,))))),
        ("a AND b OR c", Group(should=(Group(must=(A, B)), C))),
        ("a (b AND c)", Group(should=(A, Group(must=(B, C))))),
        ("((a)) (b c)", Group(should=(A, B, C))),
        ('"a b"', Words("a b")),
        ("“a b”", Words("a b")),
        # A quote is closed by its own kind.
        ('"a “b” c"', Words("a b c")),
        ('“a "b" c” x', Group(should=(Words("a b c"), Words("x")))),
        ('"a “b” c" "x “y z”"^2', Group(should=(Words("a b c"), Boost(Words("x y z"), 2)))),
        ('="a “b” c"', Exact("a b c")),
        # Or by another, if that is all there is.
        ('“a b" c', Group(should=(Words("a b"), C))),
        ('"a b” c "x y"', Group(should=(Words("a b"), C, Words("x y")))),
        # Other languages.
        *(
            (f"{start}a b{end} c", Group(should=(Words("a b"), C)))
            for start, end in (
                "„“",
                "„”",
                "””",
                "«»",
                "»«",
                "‹›",
                "›‹",
                "「」",
                "『』",
                '„"',
                "‟”",
                "《》",
                "〝〞",
                "＂＂",
            )
        ),
        # After a number, the sign of inches.
        ('a 2" b', Group(should=(A, Words("2"), B))),
        ('a 2" and 3" "b c"', Group(should=(A, *map(Words, ("2", "and", "3")), Words("b c")))),
        ('"a 2" b', Group(should=(Words("a 2"), B))),
        ('2"a b"', Group(should=(Words("2"), Words("a b")))),
        # Between two Hebrew letters, the sign of an abbreviation.
        ('צה"ל', Words("צה״ל")),
        ('"צה"ל a" b', Group(should=(Words("צה״ל a"), B))),
        ("« a b » c", Group(should=(Words("a b"), C))),
        ("=„a b“", Exact("a b")),
        ("„a c b“~2", Near(((A,), (C,), (B,)), 2, True, True)),
        ("a » b » c", Group(should=(A, B, C))),  # the path of a page is no quote
        ("„a b", Group(should=(A, B))),
        ("mis*", Pattern("mis*")),
        ("place:x a", Group(should=(A,), filters=(Filter("place", "x"),))),
        ("+place:x", Group(filters=(Filter("place", "x"),))),
        ("-place:x", Group(exclude=(Filter("place", "x"),))),
        ("place:x OR a", Group(should=(Filter("place", "x"), A))),
        # In parentheses, and as a choice, filters restrict as well.
        ("(place:x) a", Group(should=(A,), filters=(Filter("place", "x"),))),
        ("a (place:x AND by:b)", Group((), (A,), (), (Filter("place", "x"), Filter("by", "b")))),
        ("(place:x OR place:y) a", Group(should=(A,), filters=(X_OR_Y,))),
        ("a b place:x OR place:y", Group(should=(A, B), filters=(X_OR_Y,))),
        ("a AND (place:x OR place:y)", Group(should=(A,), filters=(X_OR_Y,))),
        ("+a +(place:x OR place:y)", Group(should=(COUNTED,), filters=(X_OR_Y,))),
        ("a -(place:x OR place:y)", Group(should=(A,), exclude=(X_OR_Y,))),
        ("place:x OR place:y", X_OR_Y),
        ("(place:x OR place:y) (place:x OR place:y)", X_OR_Y),
        ("a (NOT place:x)", Group(should=(A,), exclude=(Filter("place", "x"),))),
        ("a (-b)", Group(should=(A,), exclude=(B,))),
        ("a (place:x -b)", Group((), (A,), (B,), (Filter("place", "x"),))),
        ("a (place:x OR b)", Group(should=(A, Filter("place", "x"), B))),
        ("a OR (place:x)", Group(should=(A, Group(filters=(Filter("place", "x"),))))),
        ('BY:"Ann Lee"', Group(filters=(Filter("by", "Ann Lee"),))),
        ("date:2019..", Group(filters=(Filter("date", "2019.."),))),
        ("Abdul-Mahdi", Words("Abdul-Mahdi")),
        ("--a", A),
        ("-+a", Group(exclude=(A,))),
        ("--place:x", Group(filters=(Filter("place", "x"),))),
        ("path:\udce9.txt", Group(filters=(Filter("path", r"\xe9.txt"),))),
        ("http://a.b/c", Words("a.b/c")),
        ('"http://a.b/c"', Words("http://a.b/c", quoted=True)),
        ("https://www.a.b/c?utm_source=x&utm_medium=y", Words("a.b/c")),
        ("//www.a.b/c", Words("a.b/c")),
        ("[www.a.b/c]", Words("a.b/c")),
        ("<https://www.a.b/c?utm_source=x>", Words("a.b/c")),
        ("www.a.b/c?d=e&fbclid=f#xtor=g", Words("a.b/c?d=e")),
        ("https://t.co/Ab1", Words("t.co/Ab1")),
        ("https://a.b/c*", Words("https://a.b/c")),
        ("&", Words("and")),
        ('"&"', Words("and", quoted=True)),
        ("Marks & Spencer", Group(should=(Words("Marks"), Words("and"), Words("Spencer")))),
        ("AT&amp;T", Words("AT&amp;T")),
        ("http://a.b/c?d=e*f", Words("http://a.b/c?d=e*f")),
        ("www.a.org/b?c", Words("www.a.org/b?c")),
        ("ann.lee@a.org", Words("ann.lee@a.org")),
        ("don't", Words("don't")),
        ("U.S.-led", Words("U.S.-led")),
        ("C++", Signed("C++")),
        ("(C++) C#.", Group(should=(Signed("C++"), Signed("C#")))),
        ("+C++ A+", Group(must=(Signed("C++"),), should=(Signed("A+"),))),
        ("a -C#", Group(should=(A,), exclude=(Signed("C#"),))),
        ("C++^2", Boost(Signed("C++"), 2)),
        ("C++11", Signed("C++11")),
        ('"C++ b"', Signed("C++ b", quoted=True)),
        ('"C++"', Signed("C++", quoted=True)),
        ("=C++", Exact("C++")),
        ('="b C#"', Exact("b C#")),
        (".NET", Signed(".NET")),
        ("50%", Signed("50%")),
        ("€50?", Signed("€50")),
        ('"50 %"', Signed("50 %", quoted=True)),
        ("#tag!", Signed("#tag")),
        ("50 %", Signed("50%")),
        ("€ 50^2 a", Group(should=(Boost(Signed("€50"), 2), A))),
        ("a 50 % b", Group(should=(A, Signed("50%"), B))),
        ("@handle: b", Group(should=(Signed("@handle"), B))),
        ('"C++ b"~3', Near(((Signed("C++"),), (B,)), 3, True, True)),
        ("C++ NEAR/2 =C#", Near(((Signed("C++"),), (Exact("C#"),)), 2, False)),
        ("title:C++", Group(filters=(Filter("title", "C++"),))),
        ("ann@example.org", Words("ann@example.org")),
        ("a+b", Words("a+b")),
        ("Node.js", Words("Node.js")),
        ("who? what?!", Group(should=(Words("who"), Words("what")))),
        ("Iran's, iran", Group(should=(Words("Iran"), Words("iran")))),
        ('"AND"', Words("AND")),
        ("=US", Exact("US")),
        ('="Ann  Lee"^2', Boost(Exact("Ann Lee"), 2)),
        ("=AND", Exact("AND")),
        ("wom?n", Pattern("wom?n")),
        ("*Ism", Pattern("*ism")),
        ("m*s?le*", Pattern("m*s?le*")),
        ("Abdul-Mah*.", Pattern("abdul-mah*")),
        ("Élys*", Pattern("elys*")),
        ("U.S.*", Pattern("us*")),
        ("a*'*2", Pattern("a*2")),
        ("Missle~", Fuzzy("missle", 1)),
        ("missle~2", Fuzzy("missle", 2)),
        ("abdul-mahdi~1", Fuzzy("abdul-mahdi", 1)),
        ("100~", Fuzzy("100", 1)),
        ("~100", Words("100")),
        ("a^2 b", Group(should=(Boost(A, 2), B))),
        ("a^1", A),
        ("a^1.5", Boost(A, 1.5)),
        ("mis*^3", Boost(Pattern("mis*"), 3)),
        ("a~^2", Boost(Fuzzy("a", 1), 2)),
        ('"a b"^2', Boost(Words("a b"), 2)),
        ("(a b)^2 c", Group(should=(Boost(Group(should=(A, B)), 2), C))),
        ("(a^2)^3", Boost(Boost(A, 2), 3)),
        ("+a^2 -b^2", Group(should=(Boost(COUNTED, 2),), exclude=(Boost(B, 2),))),
        ("^2", Words("2")),
        ('"a b"~3', Near(((A,), (B,)), 3, True, True)),
        ('"a b c"~3^2', Boost(Near(((A,), (B,), (C,)), 3, True, True), 2)),
        ('"a-b c"~0', Near(((Words("a-b"),), (C,)), 0, True, True)),
        ("a NEAR/5 b", Near(((A,), (B,)), 5, False)),
        ("a ADJ/0 b ADJ/0 c", Near(((A,), (B,), (C,)), 0, True)),
        ("a NEAR/5 b NEAR/5 c", Near(((A,), (B,), (C,)), 5, False)),
        ("a NEAR/1 a", Near(((A,), (A,)), 1, False)),
        ('a NEAR/5 (b OR "c d")', Near(((A,), (B, Words("c d"))), 5, False)),
        (
            "mis* ADJ/2 b~ ADJ/2 =c",
            Near(((Pattern("mis*"),), (Fuzzy("b", 1),), (Exact("c"),)), 2, True),
        ),
        ("-a NEAR/5 b", Group(exclude=(Near(((A,), (B,)), 5, False),))),
        ("a NEAR/2 b c", Group(should=(Near(((A,), (B,)), 2, False), C))),
        ("a NEAR/2 b AND c", Group(must=(Near(((A,), (B,)), 2, False), C))),
        ("(a NEAR/2 b)^2", Boost(Near(((A,), (B,)), 2, False), 2)),
        ("heading:x", Group(filters=(Filter("heading", "x"),))),
        ('by:"Lee, Ann"', Group(filters=(Filter("by", "Lee, Ann"),))),
        ("path:a^2", Group(filters=(Filter("path", "a^2"),))),
    ],
)
def test_what_is_understood(text: str, tree: object) -> None:
    query = parse(text)
    assert query.tree == tree
    assert query.diagnostics == ()


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
            "and",
            "AND has nothing to join here; it is taken as a word.",
        ),
        (
            "a OR",
            "dangling-operator",
            "a or",
            "OR has nothing to join here; it is taken as a word.",
        ),
        (
            "foo:bar",
            "unknown-field",
            '"foo:bar"',
            "There is no field 'foo'; it is searched as words. The fields are "
            "by, place, source, language, date, title, heading, role, article, path.",
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
            "place x",
            "place: needs a value, as in place:istanbul; it is",
        ),
        ("+(", "unbalanced-parenthesis", "", "This parenthesis has no partner; it is ignored."),
        ('-"', "unclosed-quote", "", "This quote is never closed; it is ignored."),
        ("**a**", "no-pattern", "a", "The * has no meaning in **a**, which is searched as words."),
        ("a-*", "no-pattern", "a", "The * has no meaning in a-*, which is searched as words."),
        ("=mis*", "no-pattern", "=mis", "After = a word is taken as written; the ~ or * of =mis*"),
        ("mis*~", "no-pattern", "mis*", "A pattern cannot be fuzzy; the ~ of mis*~ is ignored."),
        ("title:mis*", "no-pattern", "title:mis", "A filter takes only words; the *, ?, ~ or ^ of"),
        ("place:x^2", "no-pattern", "place:x", "A filter takes only words; the *, ?, ~ or ^ of"),
        ("x~3", "too-much", "x~2", "~ allows for 1 or 2 edits; x~3 is taken as ~2."),
        ("x~0", "too-much", "x~", "~ allows for 1 or 2 edits; x~0 is taken as ~1."),
        ("x^1001", "too-much", "x^1000", "A boost is at most 1000; x^1001 is taken as that."),
        (
            "a NEAR/99999 b",
            "too-much",
            "a NEAR/9999 b",
            "A distance is at most 9999; NEAR/99999 is taken as that.",
        ),
        (
            '"' + "a " * 33 + '"~1',
            "too-much",
            '"' + " ".join("a" * 33) + '"',
            "A phrase with ~ has at most 32 words; the ~ is ignored.",
        ),
        (
            '"missle"~2',
            "no-distance",
            "missle",
            'There is only one word in "missle"~2; to find similar words, leave out the quotes.',
        ),
        (
            '"a b"~',
            "no-distance",
            '"a b"',
            'The ~ after a phrase needs a number, as in "a b"~3; it is ignored.',
        ),
        (
            "a NEAR b",
            "no-distance",
            'a "NEAR" b',
            "NEAR needs a distance, as in NEAR/5; it is taken as a word.",
        ),
        (
            "a ADJ/x b",
            "no-distance",
            'a "ADJ/x" b',
            "ADJ needs a distance, as in ADJ/5; it is taken as a word.",
        ),
        (
            "a NEAR/5 -b",
            "dangling-operator",
            'a "NEAR/5" -b',
            "NEAR/5 has nothing to join here; it is taken as a word.",
        ),
        (
            "a NEAR/5 (b AND c)",
            "near-as-and",
            "a AND (b AND c)",
            "NEAR/5 is read as AND: it joins only words, phrases and patterns, alone or with OR.",
        ),
        (
            "(a NEAR/5 b) NEAR/5 c",
            "near-as-and",
            "a NEAR/5 b AND c",
            "NEAR/5 is read as AND: it joins only words, phrases and patterns, alone or with OR.",
        ),
        (
            "a NEAR/5 b NEAR/4 c",
            "near-as-and",
            "a NEAR/5 b AND c",
            "NEAR/4 is read as AND: a chain has one operator and one distance.",
        ),
        (
            " NEAR/5 ".join("abcdefghi"),
            "near-as-and",
            " NEAR/5 ".join("abcdefgh") + " AND i",
            "NEAR/5 is read as AND: a chain has at most 8 parts.",
        ),
        (
            "a^2 NEAR/5 (b c^2)",
            "no-weight",
            "a NEAR/5 (b OR c)",
            "A boost within NEAR or ADJ has no effect; it is ignored.",
        ),
        ("(by:x)^2", "no-weight", "by:x", "A filter has no boost; )^2 is ignored."),
        (
            "東京*",
            "no-pattern",
            "東京",
            "Scripts without spaces have no patterns or fuzzy words; 東京* is read as words.",
        ),
        (
            "京都大学~",
            "no-pattern",
            "京都 都大 大学",
            "Scripts without spaces have no patterns or fuzzy words; 京都大学~ is read as words.",
        ),
        ("+a OR b", "sign-in-or", "a b", "A + beside OR has no effect; it is ignored."),
        (
            "(" * 51 + "a" + ")" * 51,
            "too-deep",
            "a",
            "Parentheses nest at most 50 deep; this one is ignored.",
        ),
    ],
)
def test_what_is_no_syntax_is_said(text: str, kind: str, understood: str, message: str) -> None:
    query = parse(text)
    assert str(query) == understood
    assert query.diagnostics[0].kind == kind
    assert query.diagnostics[0].message.startswith(message)


@pytest.mark.parametrize(
    ("most", "beyond"),
    [
        ("a^1000", "a^1001"),
        ("a~2", "a~3"),
        ("a NEAR/9999 b", "a NEAR/10000 b"),
        ('"a b"~9999', '"a b"~10000'),
        (" NEAR/5 ".join("abcdefgh"), " NEAR/5 ".join("abcdefghi")),
        (" ADJ/5 ".join("ab" * 16), " ADJ/5 ".join("ab" * 16 + "c")),
        (f'"{"a " * 32}"~1', f'"{"a " * 33}"~1'),
        ("(" * 50 + "a" + ")" * 50, "(" * 51 + "a" + ")" * 51),
    ],
)
def test_how_much_there_may_be(most: str, beyond: str) -> None:
    assert parse(most).diagnostics == ()
    assert {one.kind for one in parse(beyond).diagnostics} <= {
        "too-much",
        "near-as-and",
        "too-deep",
    }
    assert parse(beyond).diagnostics


def test_a_query_has_at_most_10_000_characters() -> None:
    assert parse("a " * 5_000).diagnostics == ()
    with pytest.raises(QueryError, match="the query has 10,001 characters; shorten it to 10,000"):
        parse("a " * 5_000 + "a")


def test_a_mistyped_field_is_suggested() -> None:
    (diagnostic,) = parse("x tilte:light").diagnostics
    assert (diagnostic.start, diagnostic.end, diagnostic.suggestion) == (2, 13, "title:light")


@pytest.mark.parametrize(
    ("text", "start", "end", "message"),
    [
        (
            "x date:yesterdayish",
            2,
            19,
            "date:yesterdayish names no date or range of dates; write 2020-01-12, 2020-01, 2020, "
            '2019..2020-01, 2019.., ..2019, today, yesterday, "this week", "last month" or '
            '"last 7 days"',
        ),
        ("date:2020..2019", 0, 15, "date:2020..2019 names no date"),
        ("date:2020-02-30", 0, 15, "date:2020-02-30 names no date"),
        ("role:hero", 0, 9, "role:hero names no role; the roles are headline, byline, lead, body"),
        (
            "x" * 1_000_000,
            MAX_LENGTH,
            1_000_000,
            "the query has 1,000,000 characters; shorten it to 10,000",
        ),
    ],
)
def test_the_only_errors(text: str, start: int, end: int, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert str(caught.value).startswith(message)
    assert (caught.value.start, caught.value.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", Group(must=(A, B))),
        ("a -b", Group(should=(A,), exclude=(B,))),
        ("a OR b c", Group(must=(Group(should=(A, B)), C))),
        ("a AND (b c)", Group(must=(A, Group(must=(B, C))))),
        ("+a b place:x", Group(must=(COUNTED, B), filters=(Filter("place", "x"),))),
        ("a NEAR/1 (b c)", Group(must=(A, Group(must=(B, C))))),
        ("(a b)", Group(must=(A, B))),
    ],
)
def test_all_can_be_required(text: str, tree: object) -> None:
    query = parse(text, require="all")
    assert query.tree == tree
    assert parse(str(query)).tree == tree  # printed, it does not depend on what was required


def test_requiring_anything_else_is_an_error() -> None:
    with pytest.raises(ArgumentError, match='require must be "auto", "all" or "any", not \'some\''):
        parse("a", require="some")  # type: ignore[arg-type]


def test_a_query_is_printed_with_the_days_it_means() -> None:
    query = parse('otter date:"last week"', clock=lambda: FRIDAY)
    assert str(query) == "otter date:2019-12-30..2020-01-05"
    assert str(parse("date:2019..", clock=lambda: FRIDAY)) == "date:2019.."


def test_the_places_of_patterns_are_known() -> None:
    query = parse("a mis* (b NEAR/2 ott~)")
    assert query.spans == {Pattern("mis*"): (2, 6), Fuzzy("ott", 1): (17, 21)}


UNITS = [
    *("(", ")", '"', "-", "*", "?", "!", "~", "^", "=", "é", "{", " ", "a-", "a:", "^2", "~2"),
    *(
        "(a ",
        "NOT ",
        "(a AND ",
        "a OR ",
        "a* ",
        "a~ ",
        "x^2 ",
        '"a"~2 ',
        '="',
        "a NEAR/3 ",
        "NEAR ",
    ),
    *("a ADJ/3 ", "b*-", "*b", "by:", "(((a)^2)", "by:x ", "http://a?b* ", "a b* -c "),
]


@pytest.mark.parametrize("unit", UNITS)
def test_the_longest_queries_are_understood(unit: str) -> None:
    text = unit * ((MAX_LENGTH - 2) // (len(unit) + 3))  # printed, each may have gained quotes
    assert parse(str(parse(text))).tree == parse(text).tree


def test_what_is_no_text_is_no_query() -> None:
    with pytest.raises(ArgumentError, match="a query must be a text, not None"):
        parse(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("otters by Lee", set()),
        ("otters by:", set()),
        ("otters by:Lee (date:2020 OR -source:AP)", {"by", "date", "source"}),
        ("author:Lee", {"by"}),
        ('"by:Lee"', set()),
    ],
)
def test_a_query_names_the_fields_of_its_filters(text: str, fields: set[str]) -> None:
    assert parse(text).fields == fields


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ('"Star Wars"-style film', '"Star Wars" style film'),
        ("die „D-Day“-Formulierung", 'die "D-Day" Formulierung'),
        ('ex-"Post"-editor', 'ex "Post" editor'),
        ('="White House"-aide', '="White House" aide'),
        ("(ex)-wife", "ex wife"),
        ('"a b"+c', '"a b" c'),
        ('"Star Wars" -style', '"Star Wars" -style'),
        ('-"Star Wars"', '-"Star Wars"'),
        ("iraq (-drone)", "iraq -drone"),
        ('"iraq"-by:lee', '"iraq" -by:lee'),
        ("(iraq)-(drone strike)", "iraq -(drone OR strike)"),
    ],
)
def test_a_hyphen_after_a_quote_or_a_parenthesis_excludes_nothing(
    text: str, understood: str
) -> None:
    assert str(parse(text)) == understood
