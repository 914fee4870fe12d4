"""How well nutgraf ranks, beside bm25s and stock Whoosh, on judged collections: see README.md."""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from judged import Collection, Document, among_books, plain_words

if TYPE_CHECKING:
    from nutgraf import Hit, Index, Searcher
    from nutgraf.options import Require

__all__ = ["BM25S", "DEPTH", "indexed", "measure", "nutgraf_run", "ranked"]

DEPTH = 100  # documents ranked for a query; TREC ranks 1000
MEASURES = {"nDCG@10": "nDCG@10", "MAP": "AP", "Recall@100": "R@100", "MRR@10": "RR@10"}
_SENTENCES = 3  # in a passage of a document that is split
_SHARED = Path(__file__).resolve().parents[3] / "shared" / "collections"
BM25S = {"bm25s": (1.2, 0.75), "bm25s-low": (0.9, 0.4)}  # k1 and b: its own, and for passages
_SENTENCE_GAP = re.compile(r"(?<=[.!?])\s+")
Run = dict[str, list[str]]  # query → documents, best first


def nutgraf_run(
    collection: Collection,
    *,
    split: bool = False,
    expand: bool = False,
    depth: int = DEPTH,
    require: "Require" = "any",
) -> Run:
    """Rank through the public API; `require` is "any", so that figures stay comparable."""
    with indexed(collection, split=split) as index:
        return ranked(index, collection, expand=expand, depth=depth, require=require)


def indexed(collection: Collection, *, split: bool = False) -> "Index":
    """Return an index of a collection: a document is an article, of one passage unless split.

    Documents that are paragraphs of an article are passages of it.
    """
    from nutgraf import Article, Index

    articles: dict[str, tuple[str, list[str]]] = {}
    for document in collection.documents:
        if text := _text(document, split):
            id = document.article or document.id
            articles.setdefault(id, (document.title, []))[1].append(text)
    index = Index.in_memory()
    index.add(
        Article(id=id, title=title, text="\n\n".join(texts))
        for id, (title, texts) in articles.items()
    )
    return index


def ranked(
    index: "Index",
    collection: Collection,
    *,
    expand: bool = False,
    depth: int = DEPTH,
    require: "Require" = "any",
) -> Run:
    """Rank the documents of an index for the queries of their collection."""
    from nutgraf import Searcher

    # The documents that are passages; a passage with another text is a document by itself.
    passages = {
        (document.article, _text(document, split=False)): document.id
        for document in collection.documents
        if document.article
    }

    def document_of(hit: "Hit") -> str:
        if not passages:
            return hit.article
        return passages.get((hit.article, " ".join(hit.text.split())), hit.citation)

    with Searcher(index) as searcher:
        return {
            id: _documents(searcher, plain_words(query), document_of, expand, depth, require)
            for id, query in collection.queries.items()
        }


def _documents(
    searcher: "Searcher",
    query: str,
    document_of: "Callable[[Hit], str]",
    expand: bool,
    depth: int,
    require: "Require",
) -> list[str]:
    """Return the documents of the best passages, each once, at the place of its best one."""
    limit = depth
    while True:
        hits = searcher.search(query, limit=limit, expand=expand, collapse=False, require=require)
        found = list(dict.fromkeys(map(document_of, hits)))
        if len(found) >= depth or len(hits) == hits.total + hits.further:
            return found[:depth]
        limit *= 2


def _text(document: Document, split: bool) -> str:
    """Return what is indexed as the article's text: one paragraph, or some of a few sentences."""
    text = " ".join((document.text or document.title).split())
    if not split:
        return text
    sentences = _SENTENCE_GAP.split(text)
    paragraphs = (sentences[at : at + _SENTENCES] for at in range(0, len(sentences), _SENTENCES))
    return "\n\n".join(map(" ".join, paragraphs))


def bm25s_run(
    collection: Collection, k1: float = 1.2, b: float = 0.75, *, depth: int = DEPTH
) -> Run:
    """Rank with bm25s as its authors measure it: Lucene's BM25, its stop words, Snowball."""
    import bm25s
    import Stemmer

    def tokens(texts: Iterable[str]) -> object:
        return bm25s.tokenize(
            list(texts), stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False
        )

    ids = [document.id for document in collection.documents]
    retriever = bm25s.BM25(method="lucene", k1=k1, b=b)
    joined = (f"{document.title} {document.text}" for document in collection.documents)
    retriever.index(tokens(joined), show_progress=False)
    found, scores = retriever.retrieve(
        tokens(collection.queries.values()), k=min(depth, len(ids)), show_progress=False
    )
    return {
        id: [ids[number] for number, score in zip(numbers, row, strict=True) if score > 0]
        for id, numbers, row in zip(collection.queries, found, scores, strict=True)
    }


def whoosh_run(collection: Collection, work: Path, *, depth: int = DEPTH) -> Run:
    """Rank with stock Whoosh: BM25F over title and text, stemmed. The index is kept in `work`."""
    from whoosh import index
    from whoosh.analysis.analyzers import StemmingAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.qparser.default import MultifieldParser
    from whoosh.qparser.syntax import OrGroup

    analysed = TEXT(analyzer=StemmingAnalyzer())
    schema = Schema(id=ID(stored=True), title=analysed, text=analysed)
    folder = work / f"whoosh-{collection.digest}"
    if not index.exists_in(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        writer = index.create_in(str(folder), schema).writer()
        for document in collection.documents:
            writer.add_document(id=document.id, title=document.title, text=document.text)
        writer.commit()
    run = {}
    with index.open_dir(str(folder)).searcher() as searcher:
        parser = MultifieldParser(["title", "text"], schema, group=OrGroup)
        for id, query in collection.queries.items():
            # Lower case: words alone, no operators.
            parsed = parser.parse(plain_words(query).lower())
            run[id] = [hit["id"] for hit in searcher.search(parsed, limit=depth)]
    return run


def measure(collection: Collection, run: Run) -> dict[str, float]:
    """Return each measure's mean over the queries. Equal scores stay as the engine ordered them."""
    import ir_measures  # the tests, which use the rest, do without it

    ranked = {
        query: {document: -float(place) for place, document in enumerate(documents)}
        for query, documents in run.items()
    }
    measures = {name: ir_measures.parse_measure(one) for name, one in MEASURES.items()}
    means = ir_measures.calc_aggregate(measures.values(), collection.qrels, ranked)
    return {name: float(means[one]) for name, one in measures.items()}


def _table(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def _report(figures: dict[str, dict[str, dict[str, float]]]) -> str:
    """Write a table for each measure: collections down, engines across.

    The last column has the first engine's by the better of bm25s's; its mean is that of the ratios.
    """
    engines = list(next(iter(figures.values())))
    peers = [engine for engine in engines if engine in BM25S]
    compared = bool(peers) and engines[0] not in peers
    tables = []
    for name in MEASURES:
        rows = [[name, *engines, *(["/ bm25s"] if compared else [])]]
        values = {place: [found[one][name] for one in engines] for place, found in figures.items()}
        columns = zip(*values.values(), strict=True)
        values["mean"] = [sum(column) / len(figures) for column in columns]
        ratios: list[float] = []
        for place, row in values.items():
            rows.append([place, *(f"{value:.4f}" for value in row)])
            if compared:
                if place != "mean":
                    ratios.append(row[0] / max(row[engines.index(peer)] for peer in peers))
                mean = sum(ratios) / len(ratios)
                rows[-1].append(f"{mean if place == 'mean' else ratios[-1]:.3f}")
        tables.append(_table(rows))
    return "\n\n".join(tables)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collections", nargs="*", type=Path, help="folders of collections")
    parser.add_argument("--engines", nargs="+", choices=_ENGINES, default=list(_ENGINES))
    parser.add_argument("--split", action="store_true", help="documents of several passages")
    parser.add_argument("--books", type=Path, help="also squad2-dev among the paragraphs of books")
    parser.add_argument("--expand", action="store_true", help="adds words of the best passages")
    parser.add_argument("--depth", type=int, default=DEPTH, help="documents ranked for a query")
    parser.add_argument("--work", type=Path, help="keeps Whoosh's indexes for the next run")
    parser.add_argument("--json", type=Path, help="writes the figures, with the data's digests")
    options = parser.parse_args(arguments)
    folders = options.collections or sorted(file.parent for file in _SHARED.glob("*/docs.jsonl"))
    if not folders:
        parser.error(f"name the folders of collections; there are none in {_SHARED}")
    figures: dict[str, dict[str, dict[str, float]]] = {}
    digests = {}
    collections = [Collection.read(folder) for folder in folders]
    if options.books:
        (squad,) = (one for one in collections if one.name == "squad2-dev")
        collections.append(among_books(squad, options.books))
    with TemporaryDirectory() as kept:
        for collection in collections:
            digests[collection.name] = collection.digest
            found = figures[collection.name] = {}
            for engine in options.engines:
                started = time.perf_counter()
                run = _ENGINES[engine](collection, options, options.work or Path(kept))
                found[engine] = measure(collection, run)
                seconds = time.perf_counter() - started
                print(f"{collection.name}: {engine} took {seconds:.1f} s", file=sys.stderr)
    print(_report(figures))
    if options.json:
        options.json.write_text(json.dumps({"digests": digests, "figures": figures}, indent=1))


_ENGINES: dict[str, Callable[[Collection, argparse.Namespace, Path], Run]] = {
    "nutgraf": lambda collection, options, work: nutgraf_run(
        collection, split=options.split, expand=options.expand, depth=options.depth
    ),
    "nutgraf-auto": lambda collection, options, work: nutgraf_run(
        collection, split=options.split, expand=options.expand, depth=options.depth, require="auto"
    ),
    "bm25s": lambda collection, options, work: bm25s_run(collection, depth=options.depth),
    "bm25s-low": lambda collection, options, work: bm25s_run(
        collection, *BM25S["bm25s-low"], depth=options.depth
    ),
    "whoosh": lambda collection, options, work: whoosh_run(collection, work, depth=options.depth),
}

if __name__ == "__main__":
    main()
