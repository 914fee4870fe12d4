"""`split`, which makes passages of an article. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nutgraf_index.analysis.languages.registry import DEFAULT
from nutgraf_index.model import HIDDEN_ROLES, Article, Passage, Role
from nutgraf_index.passages.blocks import Block, with_plain_breaks
from nutgraf_index.passages.layout import plain_blocks
from nutgraf_index.passages.markdown import markdown_blocks
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.passages.roles import roles_of

__all__ = ["complete", "split"]

# A block longer than this is cut at sentence ends: nobody reads or cites 50 MB as a paragraph.
# The longest paragraphs of nineteenth-century novels stay whole.
_LONGEST_PASSAGE = 20_000
_SENTENCE_GAP = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+|(?<=[。！？])")
_BODIES_READ = 3  # a standfirst or two may stand before the dateline
_WHITE_SPACE = re.compile(r"\s+")
_WRITTEN = re.compile(r"\S")


def split(article: Article, language: str = DEFAULT) -> list[Passage]:
    """Split an article into its passages, in reading order.

    `language` is the code of the language whose bylines, datelines and notes are known by their
    words.
    Only white space and markers (bullets, Markdown's `#`, `>` and rules) are left out. An
    article whose text is only white space has no passages. Time is linear in the text.
    """
    markdown = article.format == "markdown"
    text = article.text
    newsroom = newsroom_of(language)
    blocks = list(
        markdown_blocks(text) if markdown else plain_blocks(text, newsroom.bylines.is_byline)
    )
    if len(text) > _LONGEST_PASSAGE:
        blocks = list(_cut(text, blocks))
    texts = [text[block.start : block.end] for block in blocks]
    roles = roles_of(blocks, texts, newsroom, markdown=markdown, title=article.title)
    passages: list[Passage] = []
    heading = ""
    plain = "" if article.line else with_plain_breaks(text)  # whose lines are counted
    line, counted = article.line or 1, 0
    for number, (block, words, role) in enumerate(zip(blocks, texts, roles, strict=True), 1):
        line += plain.count("\n", counted, block.start)
        counted = block.start
        passages.append(
            Passage(
                number=number,
                role=role,
                heading="" if not heading or role in _OUTSIDE_HEADINGS else heading,
                start=block.start,
                end=block.end,
                line=line,
                text=words,
            )
        )
        if role is Role.SUBHEAD:
            heading = " ".join(words.split())
    return passages


_OUTSIDE_HEADINGS = HIDDEN_ROLES | {Role.HEADLINE, Role.SUBHEAD, Role.CORRECTION, Role.RELATED}


def complete(article: Article, passages: Iterable[Passage], language: str = DEFAULT) -> Article:
    """Fill in what the file did not say of the article and its passages tell; see `split`.

    The headline gives the title, the byline the authors, the dateline place, date and source.
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
    told = (title, authors, date, place, source)
    if told == (article.title, article.authors, article.date, article.place, article.source):
        return article
    return replace(article, title=title, authors=authors, date=date, place=place, source=source)


def _cut(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut blocks of more than `_LONGEST_PASSAGE` characters at sentence ends."""
    for block in blocks:
        start = block.start
        while block.end - start > _LONGEST_PASSAGE:
            cut, resume = _cutting_point(text, start, start + _LONGEST_PASSAGE)
            yield block._replace(start=start, end=cut)
            start = resume
        yield block if start == block.start else block._replace(start=start)


def _cutting_point(text: str, start: int, limit: int) -> tuple[int, int]:
    """Return where a piece ends and the next begins: a sentence end, a space, or the limit."""
    for gap in (_SENTENCE_GAP, _WHITE_SPACE):
        last = None
        for match in gap.finditer(text, start + _LONGEST_PASSAGE // 2, limit):
            last = match
        if last is not None:
            piece = text[start : last.end()].rstrip()
            written = _WRITTEN.search(text, last.end())
            return start + len(piece), written.start() if written else last.end()
    return limit, limit
