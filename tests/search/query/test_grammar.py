"""Any text is a query, and a query as understood can be printed and read again."""

import contextlib
import datetime
import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from english import ENGLISH
from nutgraf import QueryError
from nutgraf.query.fields import syntax_help
from nutgraf.query.leaves import exact_of, fuzzy_of, pattern_of, words_of
from nutgraf.query.parser import MAX_LENGTH, parse
from nutgraf.query.tree import (
    Boost,
    Exact,
    Filter,
    Fuzzy,
    Group,
    Leaf,
    Near,
    Node,
    Pattern,
    Words,
)
from quick import within
from scale import size

AnyNode = TypeVar("AnyNode", bound=Node)
FRIDAY = datetime.date(2020, 1, 10)
WORDS = [
    "us",
    "U.S.",
    "Iran's",
    "the",
    "Abdul-Mahdi",
    "don’t",
    "東京",
    "½",
    "1,000",
    "C++",
    "İ",
    "ß",
]
PIECES = [
    *WORDS,
    *("mis*", "wom?n", "abdul-mah*", "*", "?", "**x**", "who?", "x*y*", "?*", "a-*-b"),
    *("missle~", "missle~2", "~3", "~", "x~9", "us~0", "^2", "x^2", "x^0.5", "^", "x^9999", "x~^2"),
    *("=US", "=", '="Ann Lee"', "=x*", "==", "=AND", "=x^2"),
    *("(by:x OR by:y)", "(by:x)", "(NOT by:x)", '"?"'),
    *("„a b“", "«", "»", "「a", "」", '"a “b” c"', "“a", '"x”', "„"),
    *('"', "“", '"the us"', '"the us"~2', '"us"~2', '"a b"~', '"a b"^2', '"a b"~1^2', '"a"b'),
    *("(", ")", ")^2", ")^x", "AND", "OR", "NOT", "+", "-", "--", "-+NOT", "+(", '-"', " ", "\n"),
    *("NEAR/2", "ADJ/1", "NEAR", "ADJ/", "NEAR/x", "ADJ/٣", "NEAR/123456", "near/2"),
    *("place:x", "role:body", "foo:bar", "date:2020", "date:today", 'date:"last week"', "path:a^b"),
    *(
        "place:",
        "date:..",
        "role:",
        'by:"Ann Lee"',
        "title:x*",
        "title:x^2",
        'foo:"a  b"',
        "++path:x",
        "-place:x",
    ),
    *(
        "w/3",
        "W/3",
        "pre/3",
        "/3",
        "near3",
        "ADJ3",
        "near:3",
        "within",
        "3",
        "&&",
        "||",
        "<->",
        "ANDNOT",
    ),
    *(
        "BUT NOT",
        "BUT",
        "and",
        "or",
        "not",
        "&",
        "|",
        "!x",
        "!",
        "–x",
        "–",
        "−3",
        "¬by:x",
        "!(",
        '!"',
    ),
    *(
        "NEAR(",
        "NEAR(a b, 5)",
        "a AROUND(5) b",
        '"a b"/3',
        '"a b"@5',
        '"a b"~.5',
        "by:(",
        "author:(",
    ),
    *("by:(x or y)", "before:2019", "since:x", "from:2020", "date:>2019", "date<2020", "date=2019"),
    *(
        "date:[2019 TO 2020]",
        "date:{2019 TO *}",
        "[2019 TO 2020]",
        ">2019",
        "date > 2019",
        "file:a",
    ),
    *(
        "ext:md",
        "site:x.org",
        "headline(x y)",
        "atleast3(x)",
        "caps(x)",
        "/a[bc]/",
        "/a(b|c)/",
        "a.*b",
    ),
    *(
        "x{2}",
        "a|b",
        "^x",
        "x$",
        "x!",
        "%x%",
        "w#n",
        "x~0.8",
        "w/p",
        "w/s",
        "XOR",
        '"a b*"',
        "the",
        "is",
    ),
    *("\ud800", "🚀", "\x00", "{", "{}", "\\", "http://x.org/a?b=c*", "a@b.org", "-us", "+the"),
]
VALUED = re.compile("(?:date|role):", re.IGNORECASE)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)


def understood(text: str, **how: object) -> Node | None:
    return parse(text, clock=lambda: FRIDAY, **how).tree  # type: ignore[arg-type]


@contextlib.contextmanager
def expecting_a_wrong_value(text: str) -> Iterator[None]:
    """Let the one error pass that a text may be."""
    try:
        yield
    except QueryError as error:
        if not (VALUED.match(text, error.start) and "names no" in str(error)):
            raise


@given(TEXTS, st.sampled_from(["any", "all"]))
def test_any_text_is_a_query_that_can_be_printed_and_read_again(text: str, require: str) -> None:
    with expecting_a_wrong_value(text):
        query = parse(text, require=require, clock=lambda: FRIDAY)  # type: ignore[arg-type]
        assert understood(str(query)) == query.tree
        assert query.tree is not None or query.diagnostics
        assert all(0 <= one.start <= one.end <= len(text) for one in query.diagnostics)
        assert [one.start for one in query.diagnostics] == sorted(
            one.start for one in query.diagnostics
        )
        for node, (start, end) in query.spans.items():
            part = parse(text[start:end], clock=lambda: FRIDAY)
            assert part.tree is not None
            # Alone, operators of other products are read that are words in a longer text.
            kinds = {one.kind for one in (*query.diagnostics, *part.diagnostics)}
            other = kinds & {"other-syntax", "dangling-operator"}
            assert other or node in list(part.tree.walk(excluded=True))


# Trees as the parser makes them: what is said in one way alone.

_RAW = st.one_of(
    st.sampled_from([*WORDS, "AND", "NEAR/5", "a b", "foo:bar", "-x", "=x", "x~", "x^2", "mis*"]),
    st.text(st.characters(exclude_characters='"“”'), min_size=1, max_size=8),
)
_SIGNED = st.lists(st.sampled_from(["a", "é", "*", "?", "-", "1", "東"]), max_size=6).map("".join)
LEAVES: st.SearchStrategy[Leaf] = st.one_of(
    # Of * and ? in quotes a diagnostic says that they are no patterns.
    _RAW.map(lambda text: words_of(re.sub("[*?]", "", text), ENGLISH) or Words("x")),
    # Of a * after = a diagnostic says that it has no effect.
    _RAW.map(lambda text: exact_of(text.replace("*", ""), ENGLISH) or Exact("x")),
    _SIGNED.map(lambda text: pattern_of(text, ENGLISH) or Pattern("x*")),
    st.builds(
        lambda text, n: fuzzy_of(text, n, ENGLISH) or Fuzzy("x", n), _RAW, st.sampled_from([1, 2])
    ),
)
FILTERS = st.sampled_from(
    [
        Filter(name, value)
        for name, value in [
            *(("place", "x"), ("by", "Ann Lee"), ("title", "AND"), ("source", "x~2")),
            *(("heading", "x-y"), ("role", "lead"), ("date", "2019.."), ("article", "a:b")),
            *(("path", "a^b*"), ("path", "a (b)"), ("path", "a~")),
        ]
    ]
)
PARTS = st.lists(LEAVES, min_size=1, max_size=3, unique=True).map(tuple)
NEARS = st.builds(
    Near, st.lists(PARTS, min_size=2, max_size=5).map(tuple), st.integers(0, 9999), st.booleans()
)
FACTORS = st.integers(0, 1_000_000).filter(lambda n: n != 1000).map(lambda n: n / 1000)


def group(must: list[Node], should: list[Node], exclude: list[Node], filters: list[Node]) -> Node:
    """Return a group as the parser makes it.

    No choice is within a choice or alone, and what only restricts is an alternative among others
    or restricts.
    """
    apart = [part for node in should for part in (node.should if is_choice(node) else [node])]
    required: list[Node] = []
    for node in [*must, *filters]:
        if isinstance(node, Group) and node.restricts and not (node.must or node.should):
            filters, exclude = [*filters, *node.filters], [*exclude, *node.exclude]
        elif not node.restricts:
            required.append(node)
        elif node not in filters:
            filters = [*filters, node]
    conditions = [node for node in filters if node.restricts and not only_flat(node)]
    if len(set(apart)) == 1 and apart[0].restricts:  # alone, it is no alternative
        apart = []
    others = required or exclude or conditions
    if apart and all(node.restricts for node in apart) and others:
        conditions, apart = [*conditions, Group(should=once(apart))], []
    if len(set(required)) == 1 and not apart:
        return group([], required, exclude, conditions)
    only = apart[0] if len(apart) == 1 and (exclude or conditions) and not required else None
    if isinstance(only, Group) and only == Group(must=only.must):
        required, apart = [*only.must], []
    if apart:  # then what is required is printed with +, after which stop words count
        required = [node.map(counted) for node in required]
    one = Group(once(required), once(apart), once(exclude), once(conditions))  # type: ignore[arg-type]
    if one == Group():
        return Words("x")
    if one.is_choice and len(one.should) == 1:
        return one.should[0]
    if len(one.filters) == 1 and one == Group(filters=one.filters) and is_group(one.filters[0]):
        return one.filters[0]
    return one


def counted(node: Node) -> Node:
    is_stop_word = isinstance(node, Words) and ENGLISH.asked(node.text).is_stop_word
    return node.replaced(quoted=True) if is_stop_word else node


def is_group(node: Node) -> bool:
    return isinstance(node, Group)


def only_flat(node: Node) -> bool:
    return isinstance(node, Group) and not (node.must or node.should)


def once(nodes: Sequence[AnyNode]) -> tuple[AnyNode, ...]:
    return tuple(dict.fromkeys(nodes))


def is_choice(node: Node) -> TypeGuard[Group]:
    return isinstance(node, Group) and node.is_choice


def boost(node: Node, factor: float) -> Node:
    return Boost(node, factor) if any(True for _ in node.leaves()) else node


def _inner(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(nodes, max_size=3)
    return st.one_of(
        st.builds(group, some, some, some, st.lists(FILTERS, max_size=2)),
        st.builds(boost, nodes, FACTORS),
    )


TREES: st.SearchStrategy[Node] = st.recursive(
    st.one_of(LEAVES, NEARS, FILTERS), _inner, max_leaves=8
)


@given(TREES)
def test_a_tree_is_printed_and_read_as_the_same(tree: Node) -> None:
    wanted = Group(filters=(tree,)) if isinstance(tree, Filter) else tree
    query = parse(str(tree))
    assert query.tree == wanted
    assert query.diagnostics == ()


UNITS = [
    *("(", ")", '"', "-", "*", "?", "!", "~", "^", "=", "é", "{", " ", "a-", "a:", "^2", "~2"),
    *("(a ", "NOT ", "(a AND ", "a OR ", "a* ", "a~ ", "x^2 ", '"a"~2 ', '="', "NEAR ", "a\u0301"),
    *("a NEAR/3 ", "a ADJ/3 ", "b*-", "*b", "by:", "(((a)^2)", "by:x ", "http://a?b* ", "-c "),
    *(
        "w/3 ",
        "a near3 ",
        "!x ",
        "!",
        "–a",
        "& ",
        "a|",
        "NEAR(",
        "NEAR(a b) ",
        "by:(",
        "by:(a) ",
        "by:(a ",
    ),
    *(
        "[a TO b] ",
        "title:[a TO ",
        "[a",
        "{",
        "/a[b]/ ",
        "a.*",
        "x{2}",
        "$a",
        "title(",
        "title(a ",
        "not a ",
    ),
    *(
        "a and ",
        "before:2019 ",
        "author:x ",
        ">2019 ",
        "date > ",
        "within 3 ",
        "<",
        "x~0.8 ",
        '"a*"/3 ',
    ),
    *("a.b", "a'", "1,0", "1.", "½", "東", "foo:x ", "=a ", "/", "**", "\x00", "\u00ad"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_long_queries_are_understood_at_once(unit: str) -> None:
    length = size(MAX_LENGTH // 4, MAX_LENGTH)
    text = unit * ((length - 2) // len(unit))  # printed, it may have gained two quotes
    with within(size(0.25, 1)):
        query = parse(text)
    printed = str(query)
    if len(printed) <= MAX_LENGTH:
        assert parse(printed).tree == query.tree


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=4).map("".join))
def test_no_text_takes_long(unit: str) -> None:
    text = unit * (MAX_LENGTH // len(unit))
    with within(1):
        parse(text)


@pytest.mark.parametrize("example", [example for example, _ in syntax_help()])
def test_the_examples_are_understood_without_a_notice(example: str) -> None:
    query = parse(example)
    assert query.tree is not None
    assert query.diagnostics == ()
