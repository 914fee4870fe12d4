"""Positions are those written, however far in a passage they are."""

import random
from pathlib import Path

import numpy as np
import pytest

from nutgraf import Article, Index, search
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.writing.postings_arrays import read_postings
from positions import positions_of

SHORT = "\n\n".join("A short one of few words." for _ in range(400))


def text_of(seed: int, words: int) -> str:
    chance = random.Random(seed)
    return (
        " ".join(chance.choices(["otter", "river", "fence", "heron"], [6, 3, 2, 1], k=words)) + "."
    )


LENGTHS = (255, 256, 257, 300, 700, 5)


def places_of(text: str, word: str) -> list[int]:
    return [at for at, one in enumerate(text.rstrip(".").split()) if one == word]


def fields(index: Index) -> list[PostingsReader]:
    return [reader.field("text") for reader in index.snapshot().readers]


@pytest.mark.parametrize("segments", ["one", "several", "merged"])
@pytest.mark.parametrize("short", [True, False])
def test_positions_are_those_written(segments: str, short: bool, tmp_path: Path) -> None:
    texts = [text_of(length, length) for length in LENGTHS]
    others = [Article(id=id, text=SHORT) for id in ("short", "shorter")] if short else []
    with Index.open(tmp_path / "i", create=True) as index:
        if segments == "one":
            index.add([Article(id="a", text="\n\n".join(texts)), *others])
        else:
            index.add([Article(id="a", text="\n\n".join(texts[:2])), *others[:1]])
            index.add([Article(id="b", text="\n\n".join(texts[2:])), *others[1:]])
            if segments == "merged":
                index.compact()
        found: dict[str, list[list[int]]] = {}
        for field in fields(index):
            terms = [field.terms.find(word) for word in (b"otter", b"river")]
            for term in terms:
                lists = read_postings(field, term, term + 1)
                ids, freqs = map(np.asarray, field.postings(term))
                assert (lists.docs == ids).all()
                assert (lists.freqs == freqs).all()
                apart = np.split(lists.positions, np.cumsum(freqs)[:-1])
                looked_up = positions_of(field, [term], ids.tolist())
                for unit, part, at in zip(ids, apart, looked_up, strict=True):
                    found.setdefault(field.terms[term].decode(), []).append(at)
                    assert at == part.tolist()
                    assert positions_of(field, [term], [int(unit)]) == [at]
            first, last = min(terms), max(terms) + 1
            of_each = [read_postings(field, term, term + 1) for term in range(first, last)]
            parts_of_each = zip(*of_each, strict=True)
            for joined, parts in zip(read_postings(field, first, last), parts_of_each, strict=True):
                assert (joined == np.concatenate(parts)).all()
        for word, places in found.items():
            wanted = [places_of(text, word) for text in texts]
            assert sorted(places) == sorted(filter(None, wanted))
        assert max(map(max, found["otter"])) > 600


@pytest.mark.parametrize("segments", [1, 2])
def test_a_phrase_that_stands_far_in_a_passage(segments: int, tmp_path: Path) -> None:
    before = "so " * 300
    far = Article(id="far", text=f"{before}the grey otter swims.\n\n{before}an otter grey.")
    with Index.open(tmp_path / "i", create=True) as index:
        index.add([far, Article(id="short", text=SHORT)])
        if segments == 2:
            index.add([Article(id="other", text=f"{before}a grey otter.")])
        wanted = ["far#1", "other#1"][:segments]
        for _ in range(2):
            for query in (
                '"grey otter"',
                "grey ADJ/0 otter",
                '="grey otter"',
                "gr*y ADJ/0 otter",
            ):
                assert sorted(hit.citation for hit in search(query, index)) == wanted, query
            assert search("grey NEAR/0 otter", index).total == segments + 1
            assert search("the NEAR/1 grey NEAR/1 otter", index).total == 1
            index.compact()


def test_one_word_that_stands_far_among_many_that_do_not(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True) as index:
        far = Article(id="far", text="zebra " * 300 + "yak few.")
        index.add([Article(id="a", text=SHORT), far, Article(id="b", text=SHORT)])
        for _ in range(2):
            assert [hit.citation for hit in search('"yak few"', index)] == ["far#1"]
            assert search("yak ADJ/0 few", index, limit=0).total == 1
            index.add([Article(id="c", text="yak few")])
            index.remove(["c"])
            index.compact()
