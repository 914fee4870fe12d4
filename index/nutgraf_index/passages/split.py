"""Splits articles into passages, and completes articles with the metadata in their passages."""

import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate, chain, pairwise
from operator import itemgetter
from typing import Any

from nutgraf_index.analysis.languages.detection import language_of
from nutgraf_index.analysis.languages.registry import DEFAULT, checked_code, code_of
from nutgraf_index.errors import ArgumentError, ArticleError
from nutgraf_index.model import (
    HIDDEN_ROLES,
    Article,
    Mark,
    MarkedArticle,
    Passage,
    Role,
    with_values,
)
from nutgraf_index.passages.completion.completion import completion_of
from nutgraf_index.passages.completion.imprints import Imprints
from nutgraf_index.passages.layout.blocks import Block, BlockKind, Blocks, columns
from nutgraf_index.passages.layout.markdown import markdown_blocks
from nutgraf_index.passages.layout.plain import plain_blocks
from nutgraf_index.passages.layout.sentences import sentences_of
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.passages.roles.decision import decide
from nutgraf_index.properties.file_names import date_in_address, date_in_name
from nutgraf_index.properties.head import Head, head_of, with_plain_breaks
from nutgraf_index.properties.keys import article_of, date_of_update

__all__ = ["complete", "split"]

# A longer block is cut at the ends of sentences: nobody reads or cites 50 MB as a paragraph.
# The longest paragraphs of nineteenth-century novels are shorter.
_LONGEST_PASSAGE = 20_000  # characters
_SENTENCE_GAP = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+|(?<=[。！？])")
_BLOCKS_AT_TOP = 6  # searched for an imprint between other lines
_LONGEST_TOP = 1000  # characters of a block that are searched
_PARAGRAPH = BlockKind.PARAGRAPH
_WHITE_SPACE = re.compile(r"\s+")
_WRITTEN = re.compile(r"\S")


def split(article: Article, language: str | None = None) -> list[Passage]:
    """Return the passages of an article, in reading order.

    `language` is the code of the language in which bylines, datelines and notes are recognised: by
    default that which the article states or, if it states none, that of its text. Only white space
    and markers (bullets, Markdown's `#`, `>` and rules) are left out. An article whose text is only
    white space has no passages. Time is linear in the length of the text.

    Raises `ArgumentError` for an unknown language and for what is no article.

    >>> from nutgraf import Article, split
    >>> article = Article(id="memo", text="# Otters are back", format="markdown")
    >>> [(passage.role.value, passage.text) for passage in split(article)]
    [('headline', 'Otters are back')]
    """
    if not isinstance(article, Article):
        raise ArgumentError(f"only an Article can be split, not {reprlib.repr(article)}")
    language = checked_code(language) or _code_of(article)
    markdown = article.format == "markdown"
    text = article.text
    plain = with_plain_breaks(text)
    newsroom = newsroom_of(language)
    marks = article.marks if isinstance(article, MarkedArticle) else ()
    # What the reader of a file states goes before what the top of the text looks like.
    head = None if marks else head_of(plain)
    story = _without(plain, [mark[:2] for mark in marks] if marks else ())
    if head:
        story = _without(story, [(head.start, head.end)])
    if markdown:
        blocks = markdown_blocks(story)
    else:
        blocks = plain_blocks(story, sentences_of(language), newsroom.bylines.lines)
    if marks:
        rows = _between(story, zip(*blocks, strict=True), marks)
        blocks = columns(sorted([*rows, *_stated(plain, marks)], key=itemgetter(0)))
    else:
        if head:
            blocks = _with_notes(plain, head, blocks)
        blocks = _with_imprints(plain, blocks, newsroom.imprints)
    if len(text) > _LONGEST_PASSAGE:
        blocks = columns(_cut(plain, zip(*blocks, strict=True)))
    starts, ends, kinds, numbers = blocks
    texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    title = article.title
    if head and not (title or _is_read(article)):
        title = _with_head(article, head).title
    roles: list[Role] = []
    story_end = len(text)
    if texts:
        decision = decide(kinds, texts, newsroom, markdown=markdown, title=title)
        roles = decision.roles
        if decision.tail < len(starts):
            story_end = starts[decision.tail]
    if marks:
        passages = [*zip(starts, ends, roles, numbers, strict=True), *_marked(plain, marks)]
        starts, ends, roles, numbers = map(list, zip(*sorted(passages), strict=True))
        texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    if not starts:
        return []
    if article.line and not (isinstance(article, MarkedArticle) and article.is_run):
        lines = [article.line] * len(texts)
    else:
        first_line = article.line or 1
        lines = [number + first_line for number in numbers]
    headings = _headings(texts, roles, starts, story_end)
    passage_numbers = range(1, len(texts) + 1)
    values = zip(passage_numbers, roles, headings, starts, ends, lines, texts, strict=True)
    return list(map(_passage, values))


def _date_of_address(article: Article) -> str:
    """Return the day in an article's url, or in the name of the file that is the article."""
    date = date_in_address(article.url) or date_in_address(str(article.metadata.get("path", "")))
    return date or ("" if article.line else date_in_name(article.path))


def _is_read(article: Article) -> bool:
    """Return whether the reader of a file has read the head of an article's text."""
    return isinstance(article, MarkedArticle) or bool(article.encoding and not article.line)


def _with_head(article: Article, head: Head) -> Article:
    """Return an article with its empty properties filled in from the head of its text."""
    try:
        stated = article_of(head.values(), path=article.path, text=article.text)
    except ArticleError:  # a program adds what it wants to
        return article
    names = ("title", "authors", "date", "place", "source", "url", "metadata")
    return replace(
        article, **{name: getattr(article, name) or getattr(stated, name) for name in names}
    )


def _with_notes(text: str, head: Head, blocks: Blocks) -> Blocks:
    """Return the blocks of a story and the notes in the head above it, in reading order."""
    notes = [
        (start, end, BlockKind.HIDDEN, text.count("\n", 0, start)) for start, end in head.notes
    ]
    return columns(sorted([*notes, *zip(*blocks, strict=True)], key=itemgetter(0)))


def _with_imprints(text: str, blocks: Blocks, imprints: Imprints) -> Blocks:
    """Return blocks in which an imprint at the top is apart from the headline and the story.

    The lines of a block at the top are often a headline, a byline and a date.
    """
    starts, ends, kinds, numbers = blocks
    if isinstance(numbers, range):  # each line is a block, with a blank line below it
        return blocks
    parts: dict[int, list[Block]] = {}
    if (below := _below_house(text, blocks, imprints)) is not None:
        apart = [*zip(*blocks, strict=True)]
        house = (starts[below - 1], ends[below], _PARAGRAPH, numbers[below - 1])
        blocks = columns([*apart[: below - 1], house, *apart[below + 1 :]])
        starts, ends, kinds, numbers = blocks
    for index in range(min(len(starts), _BLOCKS_AT_TOP)):
        start, end, kind = starts[index], ends[index], kinds[index]
        stop = min(end, start + _LONGEST_TOP)
        if (
            kind is _PARAGRAPH
            and text.find("\n", start, stop) >= 0
            and imprints.may_start(top := text[start:stop])
        ):
            lines = top.split("\n")
            if cuts := imprints.starts([*map(str.strip, lines)], opens=index == 0):
                parts[index] = _parts(text, (start, end, kind, numbers[index]), lines, cuts)
        if end - start > _LONGEST_TOP:
            break
    if not parts:
        return blocks
    rows = enumerate(zip(*blocks, strict=True))
    return columns(chain.from_iterable(parts.get(index, [row]) for index, row in rows))


def _below_house(text: str, blocks: Blocks, imprints: Imprints) -> int | None:
    """Return the block at the top that is a date right below the name of a house; None if none is.

    The lines of a masthead with a blank line below it stay apart.
    """
    starts, ends, _, numbers = blocks
    for below in range(1, min(len(starts), _BLOCKS_AT_TOP)):
        if numbers[below] == numbers[below - 1] + 1 and imprints.is_below_house(
            text[starts[below - 1] : ends[below - 1]], text[starts[below] : ends[below]]
        ):
            goes_on = below + 1 < len(numbers) and numbers[below + 1] == numbers[below] + 1
            return below if goes_on or below > 1 else None
    return None


def _parts(text: str, block: Block, lines: list[str], cuts: list[int]) -> list[Block]:
    """Return the parts of a block that begin at some of its first lines."""
    start, end, kind, number = block
    offsets = list(accumulate([len(line) + 1 for line in lines], initial=start))
    parts = []
    for first, next_first in pairwise([0, *cuts, len(lines)]):
        is_last = next_first == len(lines)
        part = text[offsets[first] : end if is_last else offsets[next_first]]
        begin = offsets[first] + len(part) - len(part.lstrip())
        parts.append((begin, offsets[first] + len(part.rstrip()), kind, number + first))
    return parts


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with spaces in place of some spans; all else keeps its offset and its line."""
    pieces = []
    resume = 0
    for start, end in spans:
        pieces += [text[resume:start], _WRITTEN.sub(" ", text[start:end])]
        resume = end
    return "".join([*pieces, text[resume:]]) if pieces else text


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


def _stated(text: str, marks: Iterable[Mark]) -> Iterator[Block]:
    """Yield the blocks of the marked stretches whose roles the file does not state."""
    for mark, number in _numbered(text, marks):
        if mark.role is None:
            kind = _PARAGRAPH
            if mark.level:
                kind = BlockKind.TITLE if mark.level == 1 else BlockKind.HEADING
            elif mark.item:
                kind = BlockKind.ITEM
            yield mark.start, mark.end, kind, number


def _marked(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int, Role, int]]:
    """Yield the blocks of the marked stretches whose roles are stated, with role and line."""
    for mark, number in _numbered(text, marks):
        if mark.role is not None:
            blocks = _cut(text, [(mark.start, mark.end, _PARAGRAPH, number)])
            yield from ((first, last, mark.role, line) for first, last, _, line in blocks)


def _numbered(text: str, marks: Iterable[Mark]) -> Iterator[tuple[Mark, int]]:
    """Yield the marks, each with its line from 0."""
    number = start = 0
    for mark in marks:
        number += text.count("\n", start, mark.start)
        start = mark.start
        yield mark, number


# `Passage._make` also counts the values, and takes half as long again.
_passage: Callable[[tuple[Any, ...]], Passage] = partial(tuple.__new__, Passage)


def _headings(
    texts: Sequence[str], roles: Sequence[Role], starts: Sequence[int], story_end: int
) -> list[str]:
    """Return the heading of each passage: the subhead it stands under, or empty.

    What is no part of the story neither has a heading nor ends the section around it. The sections
    end with the story, at the offset `story_end`.
    """
    headings = [""] * len(roles)
    subheads = [index for index, role in enumerate(roles) if role is _SUBHEAD]
    if not subheads:
        return headings
    heading = ""
    for index in range(subheads[0], len(roles)):
        role = roles[index]
        if role is _SUBHEAD:
            heading = " ".join(texts[index].split())
        elif starts[index] >= story_end:
            heading = ""
        elif role not in _OUTSIDE_HEADINGS:
            headings[index] = heading
    return headings


_SUBHEAD = Role.SUBHEAD
_STORY = frozenset({Role.LEAD, Role.BODY})
_OUTSIDE_HEADINGS = HIDDEN_ROLES | {Role.HEADLINE, Role.SUBHEAD, Role.CORRECTION}


def complete(article: Article, passages: Iterable[Passage]) -> Article:
    """Return the article with its empty properties filled in from its text; see `split`.

    The head of the text goes first: front matter, or a header block. Then the headline gives the
    title, the byline the authors, a date line the date, and the dateline place, source and date.
    A house in the byline, or an agency at the end, is the source if the dateline names none. At
    last, an address such as `/2020/01/12/otters` and the name of a file such as
    `2020-01-12-otters.md` give the date, or else the date of an update in the metadata.
    """
    head = None if isinstance(article, MarkedArticle) else head_of(article.text)
    if head and not _is_read(article):
        article = _with_head(article, head)
    start = head.end if head else 0  # the dates of other keys in the head are not of publication
    passages = list(passages)
    newsroom = newsroom_of(_code_of(article))
    completion = completion_of(passages, newsroom, start=start)
    title, authors = article.title or completion.title, article.authors or completion.authors
    place, source = article.place or completion.place, article.source or completion.source
    date = article.date or completion.date
    date = date or _date_of_address(article)
    if not date:
        story_end = next((one.end for one in reversed(passages) if one.role in _STORY), start)
        date = newsroom.imprints.day_of_lines(article.text[start:story_end])
    date = date or date_of_update(article.metadata)
    properties = (title, authors, date, place, source)
    if properties == (article.title, article.authors, article.date, article.place, article.source):
        return article
    return replace(article, title=title, authors=authors, date=date, place=place, source=source)


def with_language(article: Article, language: str = "") -> Article:
    """Return the article with a language: its own, else `language`, else that of its text."""
    if article.language:
        return article
    return with_values(article, language=language or language_of(article.text, DEFAULT))


def _code_of(article: Article) -> str:
    """Return the code of the language in which an article is split; see `split`."""
    language = article.language
    return code_of(language) if language else language_of(article.text, DEFAULT)


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
