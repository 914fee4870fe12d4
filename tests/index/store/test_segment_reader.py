"""A segment as a snapshot sees it, against the passages that were added."""

import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from hostile import rewritten, segment_file
from nutgraf import Article, Index, IndexDamaged, Searcher
from nutgraf_index.core.buffers import Bitmap
from nutgraf_index.fields import Level
from nutgraf_index.model import Passage
from nutgraf_index.passages.split import split
from nutgraf_index.segment.file import CHECK_BLOCK, SegmentFile
from nutgraf_index.store.segment_reader import SegmentReader
from scale import size

READ = [
    *("passage.role", "passage.line", "passage.gap", "passage.wide", "passages.at"),
    *("article.line", "passages.raw_ends", "passages.ends"),
]
ARTICLES = [
    Article(
        id=f"{at * 7 % 300:03}",
        title=f"About {at}" if at % 3 else "",
        date=f"2020-{at % 12 + 1:02}" if at % 5 else "",
        format="markdown",
        text="\n\n".join(
            f"# Up {n}\n\nAn otter é {at}.\n\nIt swam {n}." for n in range(at % 4 + 1)
        ),
    )
    for at in range(300)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reader") / "i"
    with Index.open(folder, create=True) as index:
        index.add(ARTICLES)
    return folder


def reader_of(index: Index) -> SegmentReader:
    (reader,) = index.snapshot().readers
    return reader


def everything() -> list[tuple[int, Passage]]:
    return [(at, passage) for at, one in enumerate(ARTICLES) for passage in split(one)]


def test_passages_are_read_in_any_number(folder: Path) -> None:
    wanted = everything()
    with Index.open(folder) as index:
        reader = reader_of(index)
        assert reader.passages_at(range(len(wanted))) == wanted
        assert reader.passages_at([]) == []
        assert reader.passages_at([5, 5, 900]) == [wanted[5], wanted[5], wanted[900]]
        assert [reader.passage(at) for at in range(20)] == [one for _, one in wanted[:20]]
        with pytest.raises(IndexError):
            reader.passages_at([3, len(wanted)])


def test_units_of_passages(folder: Path) -> None:
    wanted = everything()
    owners = [article for article, _ in wanted]
    runs = [list(run) for _, run in groupby(wanted, lambda one: (one[0], one[1].heading))]
    sections = [number for number, run in enumerate(runs) for _ in run]
    with Index.open(folder) as index:
        reader = reader_of(index)
        for level, units in ((Level.ARTICLE, owners), (Level.SECTION, sections)):
            assert [reader.doc_at(level, at) for at in range(len(wanted))] == units
            firsts = [units.index(unit) for unit in range(units[-1] + 1)]
            assert reader.first_passages(level).tolist() == [*firsts, len(wanted)]
            some = Bitmap.of(units[-1] + 1, [0, 7, units[-1]])
            expected = [at for at, unit in enumerate(units) if unit in some]
            assert reader.passages_in(level, some).numbers().tolist() == expected


def test_what_is_known_of_articles(folder: Path) -> None:
    ids = [article.id for article in ARTICLES]
    with Index.open(folder) as index:
        reader = reader_of(index)
        assert reader.id_ranks.tolist() == [sorted(ids).index(id) for id in ids]
        assert [reader.id_of(at) for at in range(300)] == ids
        assert [reader.find_article(id) for id in ids] == [*range(300)]
        months = [int(one.date.replace("-", "") + "01") if one.date else 0 for one in ARTICLES]
        assert reader.days.tolist() == months
        openings = reader.openings.tolist()
        assert {opening for opening, one in zip(openings, ARTICLES, strict=True) if one.title}
        assert not any(one for one, of in zip(openings, ARTICLES, strict=True) if not of.title)


def test_the_first_day_is_that_of_a_live_article() -> None:
    dates = ("2001", "1999-12-31", "", "1998", "2005-03")
    with Index.in_memory() as index:
        assert index.snapshot().first_day == 0
        for number, date in enumerate(dates):
            index.add(Article(id=str(number), text="Otters.", date=date, language="en"))
        assert index.snapshot().first_day == 19980101
        index.compact()
        for removed, first_day in (("3", 19991231), ("1", 20010101), ("0", 20050301), ("4", 0)):
            index.remove([removed])
            assert index.snapshot().first_day == first_day


def test_what_is_deleted_is_left_out_of_each_level(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "i")
    wanted = everything()
    with Index.open(tmp_path / "i") as index:
        whole = reader_of(index)
        assert whole.live is None
        assert whole.live_numbers(Level.PASSAGE).tolist() == [*range(len(wanted))]
        index.remove([article.id for article in ARTICLES[::9]])
        reader = reader_of(index)
        left = [at for at, (article, _) in enumerate(wanted) if article % 9]
        assert reader.live is not None
        assert reader.live.numbers().tolist() == left
        assert reader.live_numbers(Level.PASSAGE).tolist() == left
        assert reader.live_count(Level.PASSAGE) == len(left)
        articles = [at for at in range(300) if at % 9]
        assert reader.live_numbers(Level.ARTICLE).tolist() == articles
        sections = sorted({reader.doc_at(Level.SECTION, at) for at in left})
        assert reader.live_numbers(Level.SECTION).tolist() == sections
        assert reader.live_docs(Level.FILE) is None
        assert reader.find_article(ARTICLES[9].id) == -1
        dated = [at for at in articles if ARTICLES[at].date == "2020-02"]
        assert reader.find_docs("date", "2020-02").tolist() == dated
        with Index.in_memory() as rest:
            rest.add([ARTICLES[at] for at in articles])
            for field in ("text", "title", "heading"):
                wanted_length = rest.snapshot().average_length(field, "en")
                assert index.snapshot().average_length(field, "en") == wanted_length


@pytest.mark.parametrize("name", READ)
def test_a_number_that_was_changed_is_not_read(name: str, folder: Path) -> None:
    content = bytearray((folder / "00000001.seg").read_bytes())
    column = SegmentFile(bytes(content), "x", "y").column(name)
    at, size, count = column.layout
    middle = at + size * (count // 2)
    content[middle] ^= 1
    spoiled = SegmentReader("y", SegmentFile(bytes(content), "x", "y"), None, 0)
    told = set()
    for number, one in enumerate(everything()):
        try:
            assert spoiled.passages_at([number]) == [one]
        except IndexDamaged as error:
            told.add(str(error).partition(" does not")[0])
    block = middle - middle % CHECK_BLOCK
    assert told == {f"the index is damaged: x: y: the block at byte {block}"}


@pytest.mark.parametrize("name", [*READ, "article.first", "section.first", "article.docs"])
@pytest.mark.parametrize("value", ["greatest", "one more", "none"])
def test_numbers_that_fit_nothing_are_damage(
    name: str, value: str, folder: Path, tmp_path: Path
) -> None:
    def spoil(of: str, values: Any) -> Any:
        if of == name:
            values[1::2] = {"greatest": values * 0 - 1, "one more": values + 1, "none": values * 0}[
                value
            ][1::2]
        return values

    shutil.copytree(folder, tmp_path / "i")
    rewritten(tmp_path / "i", spoil)
    with Index.open(tmp_path / "i") as index, Searcher(index) as searcher:
        for article in ARTICLES[:: size(5, 1)]:
            try:
                hits = searcher.article(article.id)
            except IndexDamaged:
                continue
            assert [hit.number for hit in hits] == [*range(1, len(hits) + 1)]
    assert segment_file(tmp_path / "i").column(name)


def test_reading_needs_no_numpy(folder: Path) -> None:
    code = """
import sys
from nutgraf_index.index import Index
from nutgraf_index.fields import Level
with Index.open(sys.argv[1]) as index:
    snapshot = index.snapshot()
    assert snapshot.count(Level.ARTICLE) == 300
    record, passage = snapshot.passage(5)
    assert snapshot.passages_of(record.article.id)[passage.number - 1] == passage
    assert snapshot.readers[0].whole_article(0).text
    assert len(snapshot.roots()) == 0
print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, folder], check=True, capture_output=True, text=True
    )
    assert "nutgraf_index.store.segment_reader" in done.stdout.split()
    assert {"numpy", "whoosh", "nutgraf_index.arrays"}.isdisjoint(done.stdout.split())
