"""Judged collections: documents, queries, and which documents answer which query."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

__all__ = ["Collection", "Document", "Qrels", "among_books", "plain_words"]

Qrels = dict[str, dict[str, int]]  # query → document → relevance, 0 for none
_FILES = ("docs.jsonl", "queries.jsonl", "qrels.tsv")
# What is no word's part goes: quotes, parentheses, colons, stars, and signs before a word.
_WORD = re.compile(r"\w+(?:[-'’.,/&+]\w+)*")
_OPERATORS = {"AND", "OR", "NOT"}
_BOOKS = 2  # every second book, and
_QUESTIONS = 3  # every third question, so that a run does not take long


@dataclass(frozen=True, slots=True)
class Document:
    """A document; of title and text one may be empty.

    `article` is the id of the article that the document is a paragraph of; empty if the document is
    an article by itself.
    """

    id: str
    title: str
    text: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A judged collection. Queries without a relevant document are left out, as is usual.

    `digest` is of the bytes of its files, to tell which data a figure was measured on.
    """

    name: str
    documents: list[Document]
    queries: dict[str, str]
    qrels: Qrels
    digest: str

    @classmethod
    def read(cls, folder: Path) -> "Collection":
        """Read a folder with docs.jsonl, queries.jsonl and qrels.tsv."""
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise SystemExit(f"{folder} is no collection: it has no {' and no '.join(missing)}")
        docs, queries, judged = (folder / name for name in _FILES)
        qrels = _qrels(judged)
        asked = {item["id"]: item["text"] for item in _lines(queries)}
        kept = {id for id in asked if any(grade > 0 for grade in qrels.get(id, {}).values())}
        return cls(
            folder.resolve().name,
            [Document(d["id"], d.get("title") or "", d.get("text") or "") for d in _lines(docs)],
            {id: text for id, text in asked.items() if id in kept},
            {id: grades for id, grades in qrels.items() if id in kept},
            _digest(folder),
        )


def among_books(collection: Collection, books: Path, *, every: int = _BOOKS) -> Collection:
    """Return the paragraphs of a collection in their articles, among the paragraphs of books.

    Documents of the same title are paragraphs of one article, in their order. So the passages are
    of mixed length, have titles and neighbours, and are judged one by one.

    Args:
        books: JSON Lines, compressed by gzip, each with `id`, `title` and `text`
        every: 2 for every second book, and so on
    """
    documents = [
        replace(document, article=f"wiki-{document.title}") for document in collection.documents
    ]
    with gzip.open(books, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, every):
            book = json.loads(line)
            documents += [
                Document(f"{book['id']}#{number}", book["title"], paragraph, book["id"])
                for number, paragraph in enumerate(book["text"].split("\n\n"))
                if paragraph.strip("- \n") and not paragraph.startswith("#")
            ]
    queries = {id: collection.queries[id] for id in sorted(collection.queries)[::_QUESTIONS]}
    qrels = {id: collection.qrels[id] for id in queries}
    return Collection("passages", documents, queries, qrels, collection.digest)


def plain_words(query: str) -> str:
    """Return a query without what the query syntax could take for more than words.

    >>> plain_words('the "Von Neumann" style (NOT t/nroff) - multi-targeted: 1,000*')
    'the Von Neumann style not t/nroff multi-targeted 1,000'
    """
    words = _WORD.findall(query)
    return " ".join(word.lower() if word in _OPERATORS else word for word in words)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise SystemExit(f"{path}:{number} is no JSON: {error}") from None


def _qrels(path: Path) -> Qrels:
    qrels: Qrels = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            query, document, grade = line.split("\t")
            qrels.setdefault(query, {})[document] = int(grade)
        except ValueError:
            if number > 1:  # BEIR's files begin with the names of the columns
                raise SystemExit(f"{path}:{number} is not query, document, relevance") from None
    return qrels


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()[:16]
