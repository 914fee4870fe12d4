"""What holds for every text and every query; NUTGRAF_EXAMPLES sets how many are tried."""

import re

from hypothesis import given
from hypothesis import strategies as st

from english import analyse
from nutgraf import Article, split
from nutgraf.query.parser import parse
from nutgraf.results.highlight import highlight
from nutgraf_index.analysis.words import gram_size
from nutgraf_index.passages.layout.markdown import markdown_blocks
from nutgraf_index.passages.layout.plain import plain_blocks
from nutgraf_index.passages.layout.sentences import sentences_of
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.properties.head import with_plain_breaks

bylines, sentences = newsroom_of("en").bylines.lines, sentences_of("en")

_PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "\r", "\t", "    ", " ", "\u3000", "\u00a0", "\f"),
        *("By Jane Roe", "LONDON (AFP) - ", "Words of a line", "and more.", "(Reporting by A B)"),
        *("- ", "* ", "1. ", "# ", "## ", "> ", "```", "---", "===", "<!--", "-->", "[a]: b", "|"),
        *(
            "İ",
            "ß",
            "ﬁ",
            "½",
            "ﷺ",
            "e\u0301",
            "東京",
            "हिन्दी",
            "U.S.",
            "don’t",
            "\x00",
            "\ud800",
            "🚀",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map("".join))
_MARKERS = re.compile(r"(?:[\s\x00-\x1f\x7f#>*+=_~`\-•·▪◦‣–]|:[ \t])*")
_BREAK = re.compile(r"\r{0,2}\n|\r")
_WORDS = ["us", "U.S.", "missile", "missiles", "the", "abdul-mahdi", "mahdi", "don't", "東京", "½"]
_SIGNED = ["C++", "c#", "#US", "@us", ".NET", "50%", "€50", "C", "50", "A+", "#us_us"]
PASSAGES = st.lists(
    st.sampled_from([*_WORDS, *_SIGNED, "Abdul", "led", "\n", ", ", "."]), max_size=12
).map(" ".join)
QUERIES = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                *_WORDS,
                *(
                    "mis*",
                    "abdul-mah*",
                    '"the us"',
                    '"',
                    "(",
                    ")",
                    "AND",
                    "OR",
                    "NOT",
                    "+",
                    "-",
                    " ",
                ),
                *(
                    "not",
                    "and",
                    "w/2",
                    "!us",
                    "–missile",
                    "author:x",
                    "by:(x us)",
                    "near3",
                    "a.*b",
                    "&&",
                ),
                *("C++", "C#", "=C++", '"C++"', "#us", "@us", ".NET", "50%", "€50", "A+", "#1"),
                *("+", "#", "@", "%", "€", ".", "_", "°", "＋", "C", "50"),
                *("–「", "!›", "^", "«", '2"', "by=", "《us》", "＂"),
                *("place:x", "role:body", "foo:bar", "date:2020", "-us", "+the"),
                *("+(", '-"', "--", "-+NOT", "++path:x", 'foo:"a  b"', "place:", "\ud800"),
            ]
        ),
        max_size=12,
    ).map(" ".join),
)


@given(TEXTS, st.sampled_from(["text", "markdown"]))
def test_split_loses_nothing_but_white_space_and_markers(text: str, format: str) -> None:
    passages = split(Article(id="a", text=text, format=format))
    at = 0
    for number, passage in enumerate(passages, start=1):
        assert passage.number == number
        assert passage.text == text[passage.start : passage.end]
        assert passage.text.strip()
        assert passage.start >= at
        assert _MARKERS.fullmatch(text[at : passage.start])
        before = text[: passage.start]
        assert passage.line == 1 + len(_BREAK.findall(before))
        at = passage.end
    assert _MARKERS.fullmatch(text[at:])


@given(TEXTS)
def test_blocks_are_in_order_and_do_not_overlap(text: str) -> None:
    plain = with_plain_breaks(text)
    for blocks in (plain_blocks(plain, sentences, bylines), markdown_blocks(plain)):
        starts, ends, _, lines = blocks
        edges = [edge for block in zip(starts, ends, strict=True) for edge in block]
        assert edges == sorted(edges)
        assert all(start < end for start, end in zip(starts, ends, strict=True))
        assert list(lines) == [plain.count("\n", 0, start) for start in starts]


@given(TEXTS)
def test_tokens_stand_in_the_text_in_order(text: str) -> None:
    tokens = analyse(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert [token.end for token in tokens] == sorted(token.end for token in tokens)
    assert all(token.term and token.word for token in tokens)


@given(TEXTS)
def test_a_token_alone_is_analysed_as_it_was_in_its_text(text: str) -> None:
    for token in analyse(text):
        alone = [one.term for one in analyse(text[token.start : token.end])]
        # A gram has the characters after its own, too.
        assert (token.word[0] if gram_size(token.word[0]) else token.term) in alone


@given(QUERIES)
def test_a_printed_query_parses_to_the_same_tree(text: str) -> None:
    query = parse(text)
    assert parse(str(query)).tree == query.tree
    assert query.tree is not None or query.diagnostics
    assert all(0 <= one.start <= one.end <= len(text) for one in query.diagnostics)


@given(QUERIES, PASSAGES)
def test_spans_are_sorted_disjoint_and_inside_the_text(query: str, text: str) -> None:
    tree = parse(query).tree
    if tree is None:
        return
    spans, _ = highlight(tree, text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert len(set(edges)) == len(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(QUERIES, PASSAGES)
def test_without_the_marked_words_nothing_is_marked(query: str, text: str) -> None:
    tree = parse(query).tree
    if tree is None:
        return
    spans, _ = highlight(tree, text)
    rest = list(text)
    for start, end in spans:
        rest[start:end] = "q" * (end - start)  # a word still, but another
    assert highlight(tree, "".join(rest))[0] == ()
