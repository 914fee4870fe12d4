"""Splits articles into passages, and completes articles with the metadata in their passages."""

import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from nutgraf_index.analysis.languages.registry import DEFAULT, LANGUAGES
from nutgraf_index.errors import ArgumentError
from nutgraf_index.model import HIDDEN_ROLES, Article, Mark, MarkedArticle, Passage, Role
from nutgraf_index.passages.blocks import Block, BlockKind, columns, with_plain_breaks
from nutgraf_index.passages.layout import plain_blocks
from nutgraf_index.passages.markdown import markdown_blocks
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.passages.roles import roles_of

__all__ = ["complete", "split"]

# A longer block is cut at the ends of sentences: nobody reads or cites 50 MB as a paragraph.
# The longest paragraphs of nineteenth-century novels are shorter.
_LONGEST_PASSAGE = 20_000  # characters
_SENTENCE_GAP = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+|(?<=[。！？])")
_BODIES_READ = 3  # body passages searched for a dateline: it may follow a standfirst or two
_WHITE_SPACE = re.compile(r"\s+")
_WRITTEN = re.compile(r"\S")


def split(article: Article, language: str = DEFAULT) -> list[Passage]:
    """Return the passages of an article, in reading order.

    `language` is the code of the language in which bylines, datelines and notes are recognised.
    Only white space and markers (bullets, Markdown's `#`, `>` and rules) are left out. An article
    whose text is only white space has no passages. Time is linear in the length of the text.

    Raises `ArgumentError` for an unknown language and for what is no article.

    >>> from nutgraf import Article, split
    >>> article = Article(id="memo", text="# Otters are back", format="markdown")
    >>> [(passage.role.value, passage.text) for passage in split(article)]
    [('headline', 'Otters are back')]
    """
    if not isinstance(article, Article):
        raise ArgumentError(f"only an Article can be split, not {reprlib.repr(article)}")
    if language not in LANGUAGES:
        raise ArgumentError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    markdown = article.format == "markdown"
    text = article.text
    plain = with_plain_breaks(text)
    marks = article.marks if isinstance(article, MarkedArticle) else ()
    story = _without(plain, marks) if marks else plain
    newsroom = newsroom_of(language)
    blocks = markdown_blocks(story) if markdown else plain_blocks(story, newsroom.bylines)
    if marks:
        blocks = columns(_between(story, zip(*blocks, strict=True), marks))
    if len(text) > _LONGEST_PASSAGE:
        blocks = columns(_cut(plain, zip(*blocks, strict=True)))
    starts, ends, kinds, numbers = blocks
    texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    roles = (
        roles_of(kinds, texts, newsroom, markdown=markdown, title=article.title) if texts else []
    )
    if marks:
        rows = [*zip(starts, ends, roles, numbers, strict=True), *_marked(plain, marks)]
        starts, ends, roles, numbers = map(list, zip(*sorted(rows), strict=True))
        texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    if not starts:
        return []
    if article.line and not isinstance(article, MarkedArticle):
        lines = [article.line] * len(texts)
    else:
        lines = [number + (article.line or 1) for number in numbers]
    headings = _headings(texts, roles)
    passage_numbers = range(1, len(texts) + 1)
    values = zip(passage_numbers, roles, headings, starts, ends, lines, texts, strict=True)
    return list(map(_passage, values))


def _without(text: str, marks: Iterable[Mark]) -> str:
    """Return a text with white space in place of the marked stretches; lines stay as they are."""
    pieces = []
    end = 0
    for mark in marks:
        pieces += [text[end : mark.start], _WRITTEN.sub(" ", text[mark.start : mark.end])]
        end = mark.end
    return "".join([*pieces, text[end:]])


def _between(text: str, blocks: Iterable[Block], marks: Sequence[Mark]) -> Iterator[Block]:
    """Yield the blocks, cut where a mark is within one."""
    index = 0
    for start, end, kind, number in blocks:
        while index < len(marks) and marks[index].start < end:
            mark = marks[index]
            index += 1
            if mark.start < start:
                continue
            if piece := text[start : mark.start].rstrip():
                yield start, start + len(piece), kind, number
            word = _WRITTEN.search(text, mark.end, end)
            resume = word.start() if word else end
            number += text.count("\n", start, resume)
            start = resume
        if start < end:
            yield start, end, kind, number


def _marked(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int, Role, int]]:
    """Yield the blocks of the marked stretches, each with its role and its line from 0."""
    number = start = 0
    for mark in marks:
        number += text.count("\n", start, mark.start)
        start = mark.start
        blocks = _cut(text, [(mark.start, mark.end, BlockKind.PARAGRAPH, number)])
        yield from ((first, last, mark.role, line) for first, last, _, line in blocks)


# `Passage._make` also counts the values, and takes half as long again.
_passage: Callable[[tuple[Any, ...]], Passage] = partial(tuple.__new__, Passage)


def _headings(texts: Sequence[str], roles: Sequence[Role]) -> list[str]:
    """Return the heading of each passage: the subhead it stands under, or empty."""
    headings = [""] * len(roles)
    subheads = [index for index, role in enumerate(roles) if role is _SUBHEAD]
    for index, end in pairwise([*subheads, len(roles)]):
        headings[index:end] = [" ".join(texts[index].split())] * (end - index)
    if subheads:
        for index, role in enumerate(roles):
            if role in _OUTSIDE_HEADINGS:
                headings[index] = ""
    return headings


_SUBHEAD = Role.SUBHEAD
_OUTSIDE_HEADINGS = HIDDEN_ROLES | {Role.HEADLINE, Role.SUBHEAD, Role.CORRECTION, Role.RELATED}


def complete(article: Article, passages: Iterable[Passage], language: str = DEFAULT) -> Article:
    """Return the article with its empty properties filled in from its passages; see `split`.

    The headline gives the title, the byline authors and source, a date line the date, and the
    dateline place, source and date.
    """
    title, authors, date = article.title, article.authors, article.date
    place, source = article.place, article.source
    bylines, datelines = newsroom_of(language).bylines, newsroom_of(language).datelines
    bodies = 0
    for passage in passages:
        if passage.role is Role.HEADLINE:
            title = title or " ".join(passage.text.split())
        elif passage.role is Role.BYLINE and (byline := bylines.read(passage.text)):
            authors = authors or byline.authors
            source = source or byline.source
        elif passage.role is Role.NOTE:
            date = date or datelines.read_date_line(passage.text) or ""
        elif passage.role in (Role.LEAD, Role.BODY):
            bodies += 1
            if dateline := datelines.read(passage.text):
                place = place or dateline.place
                source = source or dateline.source
                date = date or dateline.date
                break
            if bodies == _BODIES_READ:
                break
    properties = (title, authors, date, place, source)
    if properties == (article.title, article.authors, article.date, article.place, article.source):
        return article
    return replace(article, title=title, authors=authors, date=date, place=place, source=source)


def _cut(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, cut where they are longer than `_LONGEST_PASSAGE`."""
    for start, end, kind, number in blocks:
        while end - start > _LONGEST_PASSAGE:
            cut, resume = _cutting_point(text, start, start + _LONGEST_PASSAGE)
            yield start, cut, kind, number
            number += text.count("\n", start, resume)
            start = resume
        yield start, end, kind, number


def _cutting_point(text: str, start: int, limit: int) -> tuple[int, int]:
    """Return the end of a piece and the start of the next, at a sentence, a word or the limit."""
    for gap in (_SENTENCE_GAP, _WHITE_SPACE):
        last = None
        for match in gap.finditer(text, start + _LONGEST_PASSAGE // 2, limit):
            last = match
        if last is not None:
            piece = text[start : last.end()].rstrip()
            next_word = _WRITTEN.search(text, last.end())
            return start + len(piece), next_word.start() if next_word else last.end()
    return limit, limit
