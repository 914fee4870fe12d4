"""nutgraf as an engine of the benchmarks: by itself, as plain BM25, with all cores."""

import os
from pathlib import Path
from typing import Any
from unittest.mock import patch

from corpus import KINDS, Query
from engine import TOP, Found, usual_syntax

__all__ = ["Nutgraf", "NutgrafAllCores", "NutgrafPlain"]


class Nutgraf:
    kinds = KINDS
    processes = 1
    collapse = True

    def __init__(self) -> None:
        import nutgraf

        self.nutgraf = nutgraf

    def build(self, corpus: Path, folder: Path) -> None:
        size = corpus.stat().st_size
        with self.nutgraf.Index.open(folder, create=True) as index:
            report = index.sync([corpus], max_bytes=size, processes=self.processes)
        if report.skipped:
            raise SystemExit(f"nutgraf skipped {report.skipped[0]}")

    def open(self, folder: Path) -> None:
        self.index = self.nutgraf.Index.open(folder)
        self.searcher = self.nutgraf.Searcher(self.index)

    def size(self) -> int:
        return self.index.stats().passages

    def close(self) -> None:
        self.searcher.close()
        self.index.close()

    def text(self, query: Query) -> str:
        dates = "" if query.decade is None else f" date:{query.decade}..{query.decade + 9}"
        return usual_syntax(query) + dates

    def search(self, text: str, query: Query) -> Found:
        hits = self.searcher.search(text, limit=TOP, require="any", collapse=self.collapse)
        # The id of an article is the path of the corpus, ! and the id that the peers know.
        return [(hit.citation.rpartition("!")[2], hit.text) for hit in hits]

    def count(self, text: str, query: Query) -> int:
        return self.searcher.search(text, limit=0, require="any").total


class NutgrafPlain(Nutgraf):
    """The same engine with plain BM25 of the text: what its own ranking is measured by.

    Near-duplicates stand as they are, by an option of `search`. No option leaves out titles and
    headings, nor what rescores the best passages: proximity, context, the words without weight.
    """

    collapse = False

    def open(self, folder: Path) -> None:
        from nutgraf.matching.doc_id_sets import NO_DOC_IDS
        from nutgraf.matching.postings import SegmentPostings
        from nutgraf.ranking import rank

        def postings_of(segment: SegmentPostings, field: str, number: int) -> Any:
            return every(segment, field, number) if field == "text" else (NO_DOC_IDS, NO_DOC_IDS)

        every = SegmentPostings.postings_of
        self.changes = (
            patch.object(SegmentPostings, "postings_of", postings_of),
            patch.object(SegmentPostings, "further", lambda *_: (NO_DOC_IDS, NO_DOC_IDS)),
            patch.object(rank, "rescore", lambda ranked, _: ranked),
        )
        for change in self.changes:
            change.start()
        super().open(folder)

    def close(self) -> None:
        super().close()
        for change in self.changes:
            change.stop()


class NutgrafAllCores(Nutgraf):
    processes = os.cpu_count() or 1
