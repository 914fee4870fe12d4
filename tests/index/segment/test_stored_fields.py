"""Stored passages read many at a time, and articles with their whole text."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index
from nutgraf_index.core.buffers import uints
from nutgraf_index.errors import IndexDamaged
from nutgraf_index.passages.split import complete, split
from scale import examples


@examples(6)
@given(st.lists(st.integers(1, 1500), min_size=1, max_size=40), st.data())
def test_texts_read_in_bulk_are_those_of_the_passages(
    sizes: list[int], data: st.DataObject
) -> None:
    text = "\n".join(
        f"{random.Random(at).randbytes(size).hex()} é." for at, size in enumerate(sizes)
    )
    with Index.in_memory() as index:
        index.add([Article(id="0", text="First."), Article(id="1", text=text)])
        reader = index.snapshot().readers[0]
        chosen = sorted(data.draw(st.sets(st.integers(0, reader.passages - 1))))
        texts = [reader.passage(at).text for at in chosen]
        assert list(reader.texts(chosen)) == list(reader.texts(uints(chosen))) == texts
        for start, stop in ((10**9, 10**9 + 1), (-1, 3), (5, 4)):
            with pytest.raises(IndexDamaged, match=f"passages has no range {start} to {stop}"):
                list(reader.blocks("passages").read_each([(start, stop)]))


LINES = st.one_of(
    st.text(max_size=12),
    st.text("\ud83d\ude00\udfff é\u00a0\u2003\u2028\x1c\v\f\t\0", max_size=6),
    st.sampled_from(
        [
            *("# A heading", "- an item", "* * *", "> quoted", "=====", "By Ann Lee", "• bullet"),
            *("An otter swam.", "1. first", "    indented code", "", " ", "…", "Ø otter"),
        ]
    ),
)
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\r\r\n", "\n \n", "\n\n\n"])
TEXTS = st.lists(st.tuples(LINES, BREAKS), min_size=1, max_size=8).map(
    lambda lines: "".join(line + cut for line, cut in lines)
)


@examples(30)
@given(
    st.lists(
        st.builds(
            lambda text, format, line, title: Article(
                id="", text=text, format=format, line=line, title=title, language="en"
            ),
            TEXTS.filter(str.strip),
            st.sampled_from(["text", "markdown"]),
            st.sampled_from([0, 0, 1, 300]),
            st.sampled_from(["", "An otter", "\udfff"]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_the_whole_text_and_every_passage_come_back(given: list[Article]) -> None:
    articles = [replace(article, id=f"a{at}") for at, article in enumerate(given)]
    with Index.in_memory() as index:
        index.add(articles[:1])
        index.add(articles[1:])
        for _ in range(2):
            snapshot = index.snapshot()
            for article in articles:
                found = snapshot.find(article.id)
                assert found is not None
                reader, number = found
                passages = split(article)
                known = complete(article, passages)
                assert reader.whole_article(number) == known
                assert reader.article(number).article == replace(known, text="")
                assert snapshot.passages_of(article.id) == passages
                assert [p.text for p in passages] == [
                    article.text[p.start : p.end] for p in passages
                ]
                texts = [reader.text(at) for at in reader.passages_of(number)]
                assert texts == [passage.text for passage in passages]
            assert index.verify() == ()
            index.compact()
