"""The engines by name, and the peers among them.

Every engine reads the same JSON Lines, keeps id, title, date and text of each paragraph, indexes
positions where it can and stems English where it can. Queries go to the text alone.
"""

from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import KINDS, Query, passages
from engine import TOP, Engine, Found, usual_syntax
from ours import Nutgraf, NutgrafAllCores, NutgrafPlain

__all__ = ["ALL_CORES", "ENGINES", "VARIANTS", "WHOOSH_CAP"]

WHOOSH_CAP = 20_000  # passages; stock Whoosh takes minutes for more
_HEAP = 256_000_000  # bytes tantivy's writer may use before it flushes a segment


def _days(decade: int) -> tuple[int, int]:
    """Return the first and last day of ten years as numbers like 18591231."""
    return decade * 10_000, (decade + 9) * 10_000 + 1231


def _day(date: str) -> int:
    return int(date.replace("-", "").ljust(8, "0") or 0)


class Whoosh:
    kinds = KINDS

    def __init__(self) -> None:
        from whoosh import index
        from whoosh.analysis.analyzers import StemmingAnalyzer
        from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema
        from whoosh.qparser.default import QueryParser
        from whoosh.qparser.syntax import OrGroup
        from whoosh.query.ranges import NumericRange

        # As the others: no stop words, no word too short.
        analyzer = StemmingAnalyzer(stoplist=None, minsize=1)
        self.schema = Schema(
            id=ID(stored=True),
            text=TEXT(analyzer=analyzer, stored=True),
            title=STORED,
            date=NUMERIC(stored=True),
        )
        self.index_of = index
        self.range = NumericRange
        self.parser = QueryParser("text", self.schema, group=OrGroup)

    def build(self, corpus: Path, folder: Path) -> None:
        writer = self.index_of.create_in(str(folder), self.schema).writer()
        for id, title, date, text in islice(passages(corpus), WHOOSH_CAP):
            writer.add_document(id=id, title=title, date=_day(date), text=text)
        writer.commit()

    def open(self, folder: Path) -> None:
        self.searcher = self.index_of.open_dir(str(folder)).searcher()

    def size(self) -> int:
        return int(self.searcher.doc_count())

    def close(self) -> None:
        self.searcher.close()

    def text(self, query: Query) -> str:
        return usual_syntax(query)

    def search(self, text: str, query: Query) -> Found:
        return [(hit["id"], hit["text"]) for hit in self._results(text, query)]

    def count(self, text: str, query: Query) -> int:
        return len(self._results(text, query))

    def _results(self, text: str, query: Query) -> Any:
        within = None if query.decade is None else self.range("date", *_days(query.decade))
        return self.searcher.search(self.parser.parse(text), limit=TOP, filter=within)


class Fts5:
    kinds = KINDS

    def __init__(self) -> None:
        import sqlite3

        self.sqlite3 = sqlite3

    def build(self, corpus: Path, folder: Path) -> None:
        with closing(self.sqlite3.connect(folder / "fts5.db")) as db, db:
            # With an indexed title a word of it would match every paragraph of the book.
            db.execute(
                "CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, text, title UNINDEXED, "
                "date UNINDEXED, tokenize='porter unicode61')"
            )
            db.executemany(
                "INSERT INTO docs (id, title, date, text) VALUES (?, ?, ?, ?)", passages(corpus)
            )

    def open(self, folder: Path) -> None:
        self.db = self.sqlite3.connect(folder / "fts5.db")
        # connect() reads nothing yet; this loads the schema and the table.
        self.db.execute("SELECT rowid FROM docs LIMIT 1").fetchone()

    def size(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM docs").fetchone()[0])

    def close(self) -> None:
        self.db.close()

    def text(self, query: Query) -> str:
        if query.kind == "phrase":
            return usual_syntax(query)
        return (" AND " if query.kind == "and" else " OR ").join(f'"{w}"' for w in query.words)

    def search(self, text: str, query: Query) -> Found:
        where, values = self._where(text, query)
        return self.db.execute(
            f"SELECT id, text FROM docs WHERE {where} ORDER BY rank LIMIT {TOP}", values
        ).fetchall()

    def count(self, text: str, query: Query) -> int:
        where, values = self._where(text, query)
        (count,) = self.db.execute(f"SELECT count(*) FROM docs WHERE {where}", values).fetchone()
        return int(count)

    def _where(self, text: str, query: Query) -> tuple[str, tuple[str, ...]]:
        if query.decade is None:
            return "docs MATCH ?", (text,)
        years = (str(query.decade), f"{query.decade + 9}-12-31")
        return "docs MATCH ? AND date BETWEEN ? AND ?", (text, *years)


class Tantivy:
    kinds = KINDS
    # The binding's default: the total is counted exactly, as ours is, so nothing is pruned.
    exact_total = True

    def __init__(self) -> None:
        import tantivy

        self.tantivy: Any = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("title", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("text", stored=True, tokenizer_name="en_stem")
        schema.add_integer_field("date", stored=True, indexed=True, fast=True)
        self.schema = schema.build()

    def build(self, corpus: Path, folder: Path) -> None:
        writer = self.tantivy.Index(self.schema, path=str(folder)).writer(_HEAP, num_threads=1)
        for id, title, date, text in passages(corpus):
            writer.add_document(
                self.tantivy.Document(id=id, title=title, date=_day(date), text=text)
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self.index = self.tantivy.Index.open(str(folder))
        self.searcher = self.index.searcher()

    def size(self) -> int:
        return int(self.searcher.num_docs)

    def close(self) -> None:
        del self.searcher, self.index

    def text(self, query: Query) -> str:
        if query.decade is None:
            return usual_syntax(query)
        first, last = _days(query.decade)
        return f"+({usual_syntax(query)}) +date:[{first} TO {last}]"

    def search(self, text: str, query: Query) -> Found:
        parsed = self.index.parse_query(text, ["text"])
        found = self.searcher.search(parsed, TOP, count=self.exact_total)
        docs = (self.searcher.doc(address) for _, address in found.hits)
        return [(doc.get_first("id"), doc.get_first("text")) for doc in docs]

    def count(self, text: str, query: Query) -> int:
        # A search for no hits is refused; counting values scores nothing, and each passage has one.
        parsed = self.index.parse_query(text, ["text"])
        counted = self.searcher.aggregate(parsed, {"all": {"value_count": {"field": "date"}}})
        return int(counted["all"]["value"])


class TantivyPruned(Tantivy):
    exact_total = False


class Bm25s:
    kinds = ("or",)

    def __init__(self) -> None:
        import bm25s
        import Stemmer

        self.bm25s: Any = bm25s
        self.stemmer = Stemmer.Stemmer("english")

    def _tokens(self, texts: list[str]) -> Any:
        return self.bm25s.tokenize(
            texts,
            token_pattern=r"(?u)\b\w+\b",  # as the others: no word too short, no stop words
            stopwords=None,
            stemmer=self.stemmer,
            show_progress=False,
        )

    def build(self, corpus: Path, folder: Path) -> None:
        docs = [passage._asdict() for passage in passages(corpus)]
        retriever = self.bm25s.BM25()
        retriever.index(self._tokens([doc["text"] for doc in docs]), show_progress=False)
        retriever.save(str(folder), corpus=docs, show_progress=False)

    def open(self, folder: Path) -> None:
        self.retriever = self.bm25s.BM25.load(str(folder), load_corpus=True, mmap=True)

    def size(self) -> int:
        return len(self.retriever.corpus)

    def close(self) -> None:
        del self.retriever

    def text(self, query: Query) -> str:
        return usual_syntax(query)

    def search(self, text: str, query: Query) -> Found:
        docs, _ = self.retriever.retrieve(self._tokens([text]), k=TOP, show_progress=False)
        return [(doc["citation"], doc["text"]) for doc in docs[0]]

    def count(self, text: str, query: Query) -> int:
        stems = self.stemmer.stemWords(text.split())
        return int((self.retriever.get_scores(stems) > 0).sum())


ENGINES: dict[str, Callable[[], Engine]] = {
    "nutgraf": Nutgraf,
    "tantivy": Tantivy,
    "fts5": Fts5,
    "bm25s": Bm25s,
    "whoosh": Whoosh,
    "tantivy-pruned": TantivyPruned,
    "nutgraf-plain": NutgrafPlain,
    "nutgraf-all-cores": NutgrafAllCores,
}
# By name, the engine whose index each searches.
VARIANTS = {"tantivy-pruned": "tantivy", "nutgraf-plain": "nutgraf"}
ALL_CORES = {"nutgraf": "nutgraf-all-cores"}  # builds the same index with several processes
