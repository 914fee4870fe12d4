"""Reads a web page as an article."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.formats.html.charset import decode_page
from nutgraf_index.model import Anchor, Article, Mark, MarkedArticle, Role
from nutgraf_index.names import printable
from nutgraf_index.properties.keys import article_of
from nutgraf_index.properties.values import text_of

if TYPE_CHECKING:
    from nutgraf_index.formats.html.blocks import Block

__all__ = ["read"]

_XML = re.compile(r"\s*<\?xml\b")
_MARKUP = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|span|a|em|strong)\b", re.IGNORECASE)
_LEAST = 250  # characters of a main text that goes before a longer one in JSON-LD
_MORE = 1.2  # times the length of the main text, from which the text in JSON-LD says more
# A row is often as short as a subhead.
_ROLES = {
    "blockquote": Role.BODY,
    "tr": Role.BODY,
    "figcaption": Role.CAPTION,
    "caption": Role.CAPTION,
}


def read(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article | Fault]:
    """Yield the article of a web page; see `Format.read`.

    Raises `ArticleError` for a page without main text, and for one that must not be shown.
    """
    markup, encoding = decode_page(data, options.encoding)
    del data
    if not markup.strip():
        raise ArticleError("empty")
    # lxml and trafilatura are slow to import, and of an extra.
    from nutgraf_index.formats.html.main_text import main_blocks
    from nutgraf_index.formats.html.page import parse
    from nutgraf_index.formats.html.properties import stated_in

    page = parse(markup, is_xml=path.lower().endswith(".xhtml") or bool(_XML.match(markup)))
    values, body, descriptions = stated_in(page, markup)
    del markup
    blocks = main_blocks(page, descriptions)
    text, marks, anchors = _joined(blocks)
    stated = _plain_body(body)
    if len(stated) > _MORE * len(text):
        if len(text) < _LEAST:
            text, anchors = stated, ()
            marks = tuple(Mark(*line.span()) for line in re.finditer(r"\S(?:.*\S)?", text))
        else:
            values["articleBody"] = stated
    if not text:
        raise ArticleError("no main text in it")
    article = article_of(
        values,
        path=path,
        encoding=encoding,
        text=text,
        date_order=options.date_order,
        now=options.now,
    )
    known = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    known["id"] = printable(path)
    yield MarkedArticle(**known, marks=marks, anchors=anchors)


def _joined(
    blocks: Sequence["Block"],
) -> tuple[str, tuple[Mark, ...], tuple[Anchor, ...]]:
    """Return the text of some blocks, its marks, and the ids that lead to its parts.

    The lines of a `pre` have no mark: they may be a whole story in plain text.
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    anchors: list[Anchor] = []
    length = 0
    before = element = ""
    titles = 0
    for block in blocks:
        if pieces:
            near = block.is_break or (block.tag == before and before in ("li", "tr"))
            pieces.append("\n" if near else "\n\n")
            length += len(pieces[-1])
        before = block.tag
        start, length = length, length + len(block.text)
        pieces.append(block.text)
        if block.id != element:
            element = block.id
            anchors.append(Anchor(start, element=element))
        if block.tag == "pre":
            continue
        level = int(block.tag[1]) if re.fullmatch("h[1-6]", block.tag) else 0
        titles += level == 1
        if level == 1 and titles > 1:  # of its parts
            level = 2
        marks.append(Mark(start, length, _ROLES.get(block.tag), level, block.tag == "li"))
    return "".join(pieces), tuple(marks), tuple(anchors)


def _plain_body(body: object) -> str:
    """Return the text of the article in JSON-LD, a paragraph a line."""
    text = text_of(body)
    if _MARKUP.search(text):
        from nutgraf_index.formats.html.blocks import blocks_of
        from nutgraf_index.formats.html.page import parse

        text = "\n".join(block.text for block in blocks_of(parse(text).root))
    return printable(text).strip()
