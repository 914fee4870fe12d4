"""The storage engine against brute force, stock Whoosh, and itself by other ways."""

import json
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import brute_ranking
from brute_ranking import Archive
from generated import ARTICLES, LONG_ARTICLES, NEARS, QUERIES, SINGLES, at_the_256th
from nutgraf import Article, Hit, Index, search
from nutgraf.positions import phrase as rows
from nutgraf.ranking import context
from nutgraf.scoring.bm25f import WINDOW
from nutgraf_index.errors import IndexDamaged, IndexWriteError
from nutgraf_index.fields import Level
from nutgraf_index.indexing import inverter as occurrences
from nutgraf_index.indexing import workers as portions
from nutgraf_index.indexing import writer
from nutgraf_index.indexing.merge_policy import MergePolicy
from nutgraf_index.segment import postings_reader as inverted
from nutgraf_index.segment import postings_writer as inversion
from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.store.directory import DiskDirectory
from scale import examples
from stock import stock_searcher

SMALL = {"_FREQUENT": 2, "_SHARE": 1000}  # then nearly every list is kept as bits


@contextmanager
def changed(module: Any, **values: Any) -> Iterator[None]:
    """Set constants of a module for a while, so that small archives use what large ones do."""
    before = {name: getattr(module, name) for name in values}
    try:
        for name, value in values.items():
            setattr(module, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


def answer(index: Index, text: str) -> list[tuple[str, float, tuple[Any, ...]]]:
    return [(hit.citation, hit.score, hit.spans) for hit in search(text, index, limit=1000)]


@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=6), st.booleans(), st.sampled_from([1, 3]))
def test_scores_are_those_of_the_plain_formula(
    articles: list[Article], queries: list[str], dense: bool, around: int
) -> None:
    archive = Archive(articles)
    with (
        changed(inversion, **(SMALL if dense else {})),
        changed(brute_ranking, AROUND=around),
        changed(context, CONTEXT_REACH=around),
        Index.in_memory() as index,
    ):
        index.add(articles)
        for text in queries:
            expected = archive.scores(text) if search(text, index).total else {}
            assert len(expected) <= WINDOW  # so that all hits are refined
            for hit in search(text, index, limit=1000):
                assert hit.score == pytest.approx(expected[hit.citation], abs=1e-6), text


@examples(20)
@given(LONG_ARTICLES, st.lists(st.one_of(SINGLES, NEARS), min_size=1, max_size=4), st.booleans())
def test_scores_beyond_the_256th_word_of_a_passage(
    articles: list[Article], queries: list[str], far: bool
) -> None:
    archive = Archive(articles)
    with Index.in_memory() as index:
        with changed(occurrences, **({"position_kind": lambda _: "<u1"} if far else {})):
            index.add(articles)
        for text in (*queries, *at_the_256th(articles[0])[:6]):
            expected = archive.scores(text) if search(text, index).total else {}
            for hit in search(text, index, limit=1000):
                assert hit.score == pytest.approx(expected[hit.citation], abs=1e-6), text


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), ARTICLES),
        st.tuples(st.just("remove"), st.sets(st.sampled_from("01234"), min_size=1)),
        st.tuples(st.just("compact"), st.none()),
    ),
    max_size=6,
)


@examples(25)
@given(ARTICLES, CHANGES, st.lists(QUERIES, min_size=1, max_size=4), st.integers(1, 3))
def test_the_answer_does_not_depend_on_history(
    articles: list[Article], changes: list[Any], queries: list[str], batch: int
) -> None:
    with Index.in_memory() as index, Index.in_memory() as fresh:
        # Batches of a few articles, each a segment, and merges of two.
        limits: dict[str, Any] = {
            "_BYTES_EACH": (256 << 20) // (530 * batch),
            "_POLICY": MergePolicy(width=1 + batch),
        }
        with changed(writer, **limits), changed(inversion, **SMALL):
            for kind, what in changes:
                held = {record.article.id for record in index.snapshot().articles()}
                if kind == "add":
                    index.add(what)
                elif kind == "remove":
                    index.remove(held & what)
                else:
                    index.compact()
            wanted = {article.id for article in articles}
            index.remove({record.article.id for record in index.snapshot().articles()} - wanted)
            index.add(articles)
        fresh.add(articles)
        for text in queries:
            assert answer(index, text) == answer(fresh, text), text
        assert index.stats().passages == fresh.stats().passages
        index.compact()
        for text in queries:
            assert answer(index, text) == answer(fresh, text), text


def crowd(seed: int, passages: int) -> list[Article]:
    """Articles of short passages in words of very different frequency."""
    chance = random.Random(seed)
    vocabulary = [f"w{number}x" for number in range(60)]
    weights = [1 / (number + 1) for number in range(60)]
    lines = [
        " ".join(chance.choices(vocabulary, weights, k=chance.randint(1, 12)))
        for _ in range(passages)
    ]
    return [
        Article(id=f"a{at:05}", text="\n\n".join(lines[at : at + 7]), title=lines[at])
        for at in range(0, passages, 7)
    ]


# Whoosh on top


@examples(15)
@given(ARTICLES, ARTICLES, st.sets(st.sampled_from("01234")))
def test_terms_and_their_numbers_are_those_of_stock_whoosh(
    articles: list[Article], more: list[Article], removed: set[str]
) -> None:
    with Index.in_memory() as index:
        index.add(articles)
        index.add(more)
        held = {article.id: article for article in [*articles, *more]}
        index.remove(set(held) & removed)
        left = [article for id, article in held.items() if id not in removed]
        with stock_searcher(left) as stock:
            reader, plain = index.as_whoosh().reader(), stock.reader()
            for name in ("text", "words", "title", "date"):
                assert list(reader.lexicon(name)) == list(plain.lexicon(name))
                for term in plain.lexicon(name):
                    assert (name, term) in reader
                    for number in ("doc_frequency", "frequency"):
                        asked, wanted = getattr(reader, number), getattr(plain, number)
                        assert asked(name, term) == wanted(name, term)


def test_whoosh_writes_articles() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="An otter."), Article(id="b", text="Two otters.")])
        with index.as_whoosh().writer() as out:
            out.add_document(article="c", text="Three otters.\nAnd a heron.", by="Ann Lee\nBo Ek")
            out.delete_by_term("article", "a")
        hits: list[Hit] = list(search("otter", index))
        assert sorted(hit.citation for hit in hits) == ["b#1", "c#1"]
        assert search("by:lee", index).total == 2


# Forms of the lists


@given(
    st.lists(st.sets(st.integers(0, 200_000), min_size=1, max_size=40), min_size=1, max_size=8),
    st.sets(st.integers(0, 200_000), max_size=40),
    st.booleans(),
)
def test_lists_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, lists: list[set[int]], wanted: set[int], dense: bool
) -> None:
    import io

    from nutgraf_index.segment.file import SegmentFile, SegmentWriter

    units = 200_001
    file = io.BytesIO()
    out = SegmentWriter(file)
    with changed(inversion, **(SMALL | {"_SHARE": 1 << 20} if dense else {})):
        made = inversion.PostingsWriter(units, None)
        joined = np.array([unit for one in lists for unit in sorted(one)])
        made.add(np.array([len(one) for one in lists]), np.zeros(0, np.int64), joined)
    terms = [b"%d" % number for number in range(len(lists))]
    made.write("f", terms, [], np.zeros(0), out)
    out.finish({})
    read = inverted.PostingsReader(
        SegmentFile(file.getvalue(), "x", "y"), "f", units, analysed=False
    )
    assert read.bulk(0, len(lists)).tolist() == joined.tolist()
    asked = np.array(sorted(wanted), np.int64)
    for number, one in enumerate(lists):
        assert read.count(number) == len(one)
        assert read.doc_ids(number).tolist() == sorted(one)
        held, places = rows.look_up(read.doc_ids(number), asked)
        assert held.tolist() == [unit in one for unit in asked.tolist()]
        assert [sorted(one)[place] for place in places[held]] == sorted(wanted & one)


def test_a_range_of_terms_at_a_time_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for name, values in (
        ("all at once", {}),
        ("in ranges", {"_BYTES_EACH": 1 << 22, "_AT_ONCE": 50}),
        ("units and positions do not fit", {"_BITS": 20}),
        ("both", {"_BITS": 20, "_BYTES_EACH": 1 << 22, "_AT_ONCE": 50}),
    ):
        with changed(occurrences, **values), Index.open(tmp_path / name, create=True) as index:
            index.add(
                [
                    *crowd(4, 900),
                    Article(id="long", text="word " * 300 + "w1x " * 300),
                    Article(id="several", text="x", authors=("A. Roe", "Bo Doe", "A. Poe")),
                ]
            )
        made.append([path.read_bytes() for path in (tmp_path / name).glob("*.seg")])
    assert len(made[0]) == 1
    assert all(others == made[0] for others in made)


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that is many portions."""
    lines = [
        json.dumps({"id": one.id, "title": one.title, "text": one.text}) for one in crowd(3, 3000)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    monkeypatch.setattr(writer, "_BYTES_EACH", (1 << 20) // 150_000)
    monkeypatch.setattr(writer, "_BATCH", 30_000)
    return tmp_path / "a.jsonl"


def test_processes_make_the_same_bytes(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools = []

    class Pool(ProcessPoolExecutor):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            pools.append(self)

    monkeypatch.setattr(portions, "ProcessPoolExecutor", Pool)
    made = []
    for processes in (1, 2):
        folder = tmp_path / f"i{processes}"
        with Index.open(folder, create=True) as index:
            index.sync([many], processes=processes, memory_mb=1)
        made.append({path.name: path.read_bytes() for path in folder.glob("*.seg")})
    assert made[0] == made[1]
    assert len(made[0]) > 1
    assert len(pools) == 1


def test_a_process_that_is_killed(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pool(ProcessPoolExecutor):
        def submit(self, *arguments: Any, **named: Any) -> Any:
            future = super().submit(*arguments, **named)
            for process in self._processes.values():
                process.kill()
            return future

    monkeypatch.setattr(portions, "ProcessPoolExecutor", Pool)
    with Index.open(tmp_path / "i", create=True) as index:
        index.add([Article(id="old", text="An otter.")])
        before = sorted(path.name for path in (tmp_path / "i").iterdir())
        with pytest.raises(IndexWriteError, match=r"died, perhaps .* try with processes=1"):
            index.sync([many], processes=2)
        assert index.stats().articles == 1
        assert sorted(path.name for path in (tmp_path / "i").iterdir()) == before


@given(st.lists(st.lists(st.integers(0, 700), max_size=5), min_size=1, max_size=120), st.data())
def test_positions_in_some_units_are_those_written(
    lists: list[list[int]], data: st.DataObject
) -> None:
    texts = [" ".join("x" if at in one else "y" for at in range(702)) for one in lists]
    for dense in (False, True):
        with (
            changed(inversion, **(SMALL if dense else {})),
            Index.in_memory() as index,
        ):
            index.add([Article(id="a", text="\n".join(f"{text}." for text in texts))])
            field = index.snapshot().readers[0].field("text")
            number = field.terms.find(b"x")
            if number < 0:
                continue
            assert field.is_dense(number) == (dense and field.count(number) > 1)
            units = sorted(data.draw(st.sets(st.integers(0, len(lists) - 1))))
            other = field.terms.find(b"y")
            terms = [number, other] if other >= 0 else [number]  # x comes before y
            own = [sorted(set(lists[unit])) for unit in units]
            others = [sorted({*range(702)} - {*one}) for one in own]
            wanted = [own, others][: len(terms)]
            found = [field.stands(term, np.array(units, np.int64)) for term in terms]
            for known, (held, often, starts) in zip(wanted, found, strict=True):
                assert held.tolist() == [at for at, one in enumerate(known) if one]
                assert often.tolist() == [len(one) for one in known if one]
                positions = field.positions_of(starts, often)
                assert positions.tolist() == [at for one in known for at in one]


@examples(30)
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
        texts = [reader.passage(at, reader.unit_at(Level.ARTICLE, at)).text for at in chosen]
        assert list(reader.texts(np.array(chosen, np.int64))) == texts
        for start, stop in ((10**9, 10**9 + 1), (-1, 3), (5, 4)):
            with pytest.raises(IndexDamaged, match="ranges of passages"):
                list(reader.blocks("passages").read_each(np.array([start]), np.array([stop])))


def test_what_is_let_go_comes_back(tmp_path: Path) -> None:
    values = np.arange(100_000, dtype="<u4")
    with open(tmp_path / "x.seg", "wb") as file:
        writer = SegmentWriter(file)
        writer.add("values", values)
        writer.finish({})
    segment = SegmentFile(DiskDirectory(tmp_path).read("x.seg"), "here", "x.seg")
    seen = segment.column("values").all()
    segment.let_go()
    assert (seen == values).all()
    assert (segment.column("values").slice(5, 9) == values[5:9]).all()
