"""Highlights tell the truth: the marked words are those that make the query true."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import brute
from english import analyse
from nutgraf import Article, Index, search
from nutgraf.query.parser import parse
from nutgraf.query.tree import Filter, Node
from nutgraf.results.highlight import highlight
from quick import within
from scale import size

VOCABULARY = [
    *("a", "b", "b", "c", "ab", "ba", "abc", "abcd", "Ab", "áb", "missile", "Missiles", "missle"),
    *(
        "U.S.",
        "us",
        "US",
        "the",
        "Abdul-Mahdi",
        "mahdi",
        "don't",
        "don’t",
        "東京",
        "京",
        "東京都京",
        "กรุงเทพ",
        "เทพ",
        "Iran's",
    ),
]
ONES = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from(VOCABULARY).map("={}".format),
    st.sampled_from(VOCABULARY).map("{}~".format),
    st.sampled_from(VOCABULARY).map("{}~2".format),
    st.sampled_from(["a*", "?b", "*b*", "a?*", "mis*e", "*s", "abdul-m*", "u*", "b?", "a*-*i"]),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(
        lambda words: f'"{" ".join(words)}"'
    ),
)
CHOICES = st.one_of(
    ONES, ONES, st.lists(ONES, min_size=1, max_size=3).map(lambda ones: f"({' OR '.join(ones)})")
)
NEARS = st.one_of(
    st.builds(
        lambda words, slop: f'"{" ".join(words)}"~{slop}',
        st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=3),
        st.integers(0, 4),
    ),
    st.builds(
        lambda parts, operator, slop: f" {operator}/{slop} ".join(parts),
        st.lists(CHOICES, min_size=2, max_size=3),
        st.sampled_from(["NEAR", "ADJ"]),
        st.integers(0, 4),
    ),
)
FILTER = "place:x"


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.builds("({}) AND ({})".format, inner, inner),
        st.builds("({}) OR ({})".format, inner, inner),
        st.builds("+({}) {}".format, inner, inner),
        st.builds("({})^2".format, inner),
    )


def _denied(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(_joined(inner), st.builds("-({})".format, inner), st.just(FILTER))


WORDED = st.recursive(st.one_of(ONES, NEARS, NEARS), _joined, max_leaves=5)
QUERIES = st.recursive(st.one_of(ONES, NEARS, NEARS), _denied, max_leaves=6)


def _with_texts(
    queries: st.SearchStrategy[str],
) -> st.SearchStrategy[tuple[str, str, str]]:
    """Return queries, each with two texts of which most words are its own."""

    def texts(query: str) -> st.SearchStrategy[tuple[str, str, str]]:
        own = re.findall(r"(?!(?:AND|OR|NEAR|ADJ|place|[0-9])\b)[\w.'’-]*\w", query) or ["a"]
        words = st.one_of(st.sampled_from(own), st.sampled_from(own), st.sampled_from(VOCABULARY))
        text = st.lists(words, max_size=14).map(" ".join)
        return st.tuples(st.just(query), text, text)

    return queries.flatmap(texts)


@given(_with_texts(QUERIES), st.booleans())
def test_the_spans_are_those_of_the_plain_evaluator(
    asked: tuple[str, str, str], held: bool
) -> None:
    query, text, _ = asked
    tree = parse(query).tree
    assert tree is not None
    filters = [Filter("place", "x")] if held else []
    found, _ = highlight(tree, text, filters=filters)
    assert list(found) == brute.spans(tree, text, filters), query


@given(_with_texts(QUERIES))
def test_a_title_is_marked_as_well(asked: tuple[str, str, str]) -> None:
    query, text, title = asked
    tree = parse(query).tree
    assert tree is not None
    marked = brute.marked(tree, [text, title], lambda _: False) or set()
    found = highlight(tree, text, title=title)
    for number, (spans, of) in enumerate(zip(found, (text, title), strict=True)):
        tokens = analyse(of)
        lit = {
            at
            for at, token in enumerate(tokens)
            if any(start <= token.start and token.end <= end for start, end in spans)
        }
        assert lit == {at for which, at in marked if which == number and at == int(at)}


def marks(tree: Node, text: str) -> set[int]:
    """Return which words of a text are marked."""
    spans, _ = highlight(tree, text)
    return {
        at
        for at, token in enumerate(analyse(text))
        if any(start <= token.start and token.end <= end for start, end in spans)
    }


def without(text: str, words: set[int]) -> str:
    """Return a text with other words in place of some."""
    tokens = analyse(text)
    begun = {token.start for token in tokens}
    for at, token in reversed(list(enumerate(tokens))):
        if at in words:
            blank = " " if token.end in begun else ""  # 東京 is two words
            text = f"{text[: token.start]}zzzzzzzz{blank}{text[token.end :]}"
    return text


@given(_with_texts(WORDED))
def test_a_marked_word_taken_away_weakens_the_match_and_no_other_does(
    asked: tuple[str, str, str],
) -> None:
    query, text, _ = asked
    tree = parse(query).tree
    assert tree is not None
    # A gram taken away changes the one before it.
    assume(not any(brute.is_gram(token.word) for token in analyse(text)))
    before = marks(tree, text)
    everything = set(range(len(analyse(text))))
    assert marks(tree, without(text, everything - before)) == before
    for word in before:
        assert marks(tree, without(text, {word})) < before
    assert marks(tree, without(text, before)) == set()


@given(st.text(max_size=30), st.text(max_size=60))
def test_spans_of_any_text_are_sorted_disjoint_and_inside_it(query: str, text: str) -> None:
    for tree in (parse(query.replace(":", " ")).tree, parse(f'"{text[:9]}"').tree):
        if tree is not None:
            spans, _ = highlight(tree, text)
            edges = [edge for span in spans for edge in span]
            assert edges == sorted(set(edges))
            assert all(0 <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("missile", "Missiles, a missile's", "Missiles missile"),
        ('"ballistic missiles"', "ballistic or missile; ballistic missile", "ballistic missile"),
        ("=US", "US us U.S. Us", "US"),
        ("=Élysée", "Élysée Elysée élysée", "Élysée"),
        ("=missile", "missile Missile missiles", "missile"),
        ('="Ann Lee"', "ann lee, Ann Lee", "Ann Lee"),
        ("missil*", "Missiles missal", "Missiles"),
        ("wom?n", "woman women womaan", "woman women"),
        ("missle~", "missile missiles", "missile"),
        ("missle~2", "missile missiles", "missile missiles"),
        ("ab~", "ba", "ba"),
        ("iran NEAR/1 iraq", "iran, x iraq x x iran", "iran iraq"),
        ("iran NEAR/1 iraq", "iraq x iran", "iraq iran"),
        ("iran ADJ/1 iraq", "iraq x iran", ""),
        ("iran ADJ/0 iraq", "iran iran iraq iraq", "iran iraq"),
        ("iran NEAR/0 iran", "iran", ""),
        ("iran NEAR/0 iran", "iran iran x iran", "iran iran"),
        ('"a b c"~1', "a x b y c a b y c", "a b c"),
        ('"a b c"~2', "a x b y c", "a b c"),
        ('a NEAR/1 (b OR "c d")', "c x d x a b x a c d", "a b a c d"),
        ('("a b c" b) ADJ/0 d', "a b c d", "a b c d"),
        ('d ADJ/0 ("a b c" OR b)', "d a b c d b", "d a b c d b"),
        ("a NEAR/2 b NEAR/2 c", "c x a x b, c x x x a b", "c a b c"),
        ("iran -iraq", "iran iraq", ""),
        ("iran OR NOT iraq", "iran iraq", "iran"),
        ("+iran drone -place:x", "a drone of iran", "drone iran"),
        ("(iran drone)^3", "a drone of iran", "drone iran"),
    ],
)
def test_marked_words(query: str, text: str, marked: str) -> None:
    tree = parse(query).tree
    assert tree is not None
    spans, _ = highlight(tree, text)
    assert " ".join(text[start:end] for start, end in spans) == marked


@pytest.mark.parametrize(
    "query",
    [
        '"' + "a " * 4900 + '"',
        '="' + "a " * 4900 + '"',
        "-".join("a" * 4900),
        "-".join(["a*"] * 3000),
        '"' + "a " * 32 + '"~9',
        " NEAR/9 ".join("a" * 8),
        " NEAR/9 ".join(["(a OR a* OR a~)"] * 8),
        " NEAR/2 ".join(["a", "a*", "a~", "?", "a?", "a~2", "=a", '"a a"'][:8]),
        "a " * 4900,
    ],
)
def test_the_same_word_a_thousand_times_is_marked_at_once(query: str) -> None:
    tree = parse(query).tree
    assert tree is not None
    count = size(4_900, 10_000)
    with within(3):
        spans, _ = highlight(tree, "a " * count)
    assert len(spans) == count


def test_what_is_excluded_is_never_marked() -> None:
    index = Index.in_memory()
    index.add([Article(id="a", text="One two three.")])
    (hit,) = search("(one -two) OR three", index)
    assert [hit.text[start:end] for start, end in hit.spans] == ["three"]
