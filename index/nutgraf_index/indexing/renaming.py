"""Gives articles of files the ids by today's rule, from their stored texts.

The ids differ in an index made before the rule, and after the folder of the index alone was moved.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from nutgraf_index.indexing.writer import Rehearsal, Writer
from nutgraf_index.model import Article
from nutgraf_index.names import article_id, file_id, printable, unused_id
from nutgraf_index.segment.stored_fields import StoredFile

__all__ = ["Renamed", "new_id", "new_ids", "rename_articles", "renamed_file"]


class Renamed(NamedTuple):
    """The new record of a file, and the old and the new id of each article that was renamed."""

    file: StoredFile
    ids: list[tuple[str, str]]


def renamed_file(file: StoredFile, home: str | None) -> StoredFile:
    """Return the record of a file with the id that the file has today; see `names.file_id`."""
    id = file_id(file.root, file.path, home)
    return file if file.id == id else file._replace(id=id)


def new_id(article: Article, file: StoredFile, id: str) -> str:
    """Return the id of a stored article by today's rule.

    Args:
        article: the article with the id that is stored
        file: the record of its file, with the id that the file had
        id: the id that the file has today
    """
    if file.id:
        own = article.id.removeprefix(file.id).removeprefix("!")
    elif not article.line:
        own = ""
    else:  # before the rule, an article had the id that its line states, or its path and line
        by_line = article.id == f"{printable(article.path)}:{article.line}"
        own = str(article.line) if by_line else article.id
    return article_id(id, own)


def new_ids(articles: Sequence[Article], file: StoredFile, id: str) -> list[str]:
    """Return the ids of all stored articles of a file by today's rule; see `new_id`.

    An article whose id another article on an earlier line gets has a number after it, as in a sync.
    """
    ids = [""] * len(articles)
    for index in sorted(range(len(articles)), key=lambda index: articles[index].line):
        ids[index] = unused_id(new_id(articles[index], file, id), ids)
    return ids


def rename_articles(writer: Writer | Rehearsal, file: StoredFile, id: str) -> Renamed:
    """Rename the articles of a file of the writer's snapshot.

    An article stays as it is if a program added an article with its new id; then the next sync
    reads the file, and reports that the id is taken.

    Args:
        writer: the writer of the change
        file: the record of the file, with the id that the file had
        id: the id that the file has today
    """
    ids = []
    digest = file.digest
    found = writer.snapshot.find_articles(file.root, file.path)
    articles = [reader.article(number) for reader, number in found]
    new_names = new_ids([stored.article for stored in articles], file, id)
    for (reader, number), stored, new in zip(found, articles, new_names, strict=True):
        other = writer.snapshot.article(new)
        if other is not None and not other.root:
            digest = ""
            continue
        passages = [passage for _, passage in reader.passages_at(reader.passages_of(number))]
        writer.drop_number(reader, number)
        writer.put_article(
            replace(reader.whole_article(number), id=new), stored.root, stored.digest, passages
        )
        ids.append((stored.article.id, new))
    renamed = file._replace(id=id, digest=digest)
    writer.put_file(renamed)
    return Renamed(renamed, ids)
