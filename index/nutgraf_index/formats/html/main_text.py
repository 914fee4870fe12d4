"""The main text of a web page: which of its blocks are the article."""

import logging
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import accumulate, chain

from nutgraf_index.formats.html.blocks import HEADINGS, Block, blocks_of
from nutgraf_index.formats.html.page import MOST_ELEMENTS, Element, Page

__all__ = ["main_blocks", "main_text_of"]

_LEAST = 250  # characters of a main text that is taken without a look at the paragraphs
_MOST_CHARACTERS = 1 << 20  # of a page that is looked through for an article; see `MOST_ELEMENTS`
_BEGINNING = 40  # characters by which a block is found whose end differs
_AROUND = frozenset("nav aside footer header menu dialog button address".split())
_BESIDE = _AROUND - {"header"}  # an article's own header has its title and standfirst
_AROUND_ROLES = frozenset("navigation banner contentinfo complementary search menu".split())
_SENTENCE = re.compile(
    r"[^\W\d_][.!?…。！？][\"'”’»)\]]*(?:\s|$)"
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]{10}"
)
_LINKED = 0.8  # share of a block in links, from which it is one itself
_ALL_LINKED = 0.85  # share of a block in links, from which it is no sentence of the article
_LONGEST_LABEL = 40  # characters
# What stands above the comments and the links below an article.
_TRAILER = re.compile(
    r"(?:\d+ )?(?:comments?|tags|topics|share(?: this)?|print|more|related(?: articles| stories)?"
    r"|read more|see also|filed under|tell us what you think|leave a (?:comment|reply))\W*",
    re.IGNORECASE,
)
_LEAST_OF_STANDFIRST = 30  # characters; a shorter description may be the name of the site
_LEAST_OF_PART = 2  # paragraphs of a part of an article
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIN = ("article", "main")
_LOGGERS = ("trafilatura", "htmldate", "courlan")


def main_blocks(page: Page, descriptions: Iterable[str] = ()) -> list[Block]:
    """Return the blocks of the main text of a page, in order; none if it has only links.

    trafilatura finds the main text; each of its lines is looked up in the page, so that no block is
    taken twice. If that is shorter than 250 characters, the paragraphs of the page are taken where
    they are longer. A page that is larger than any article is taken as a whole.

    Args:
        descriptions: the summaries that the page states, by which its standfirst is known.
    """
    blocks = blocks_of(page.root)
    keys = [_plain(block.text) for block in blocks]
    is_large = page.elements > MOST_ELEMENTS or sum(map(len, keys)) > _MOST_CHARACTERS
    chosen = [] if is_large else _found(main_text_of(page.root), keys)
    length = sum(len(keys[index]) for index in chosen)
    if length < _LEAST:
        others = _paragraphs(blocks)
        if sum(len(keys[index]) for index in others) > length:
            chosen = others
    chosen = _with_next_parts(blocks, _trimmed(blocks, _without_links(blocks, chosen)))
    standfirst = _standfirst(blocks, keys, chosen, [*map(_plain, descriptions)])
    chosen = _completed(blocks, chosen)
    return [blocks[index] for index in sorted({*standfirst, *chosen})]


def _standfirst(
    blocks: Sequence[Block], keys: Sequence[str], chosen: Sequence[int], stated: Sequence[str]
) -> list[int]:
    """Return the index of the standfirst, if trafilatura left it out: the summary under the title.

    It is the block below a large heading and above the text that mostly is a description of the
    page, whole or cut off.
    """
    text = next((index for index in chosen if blocks[index].tag not in HEADINGS), 0)
    titles = (index for index in range(text) if blocks[index].tag == "h1")
    known = {keys[index] for index in chosen}
    described = [text.rstrip(".…") for text in stated if len(text) >= _LEAST_OF_STANDFIRST]
    for index in range(next(titles, text) + 1, text):
        key, block = keys[index], blocks[index]
        if block.tag != "p" and block.tag not in HEADINGS:
            continue
        is_described = any(2 * len(one) > len(key) and one in key for one in described)
        if is_described and key not in known and not _is_outside(block.element, _BESIDE):
            return [index]
    return []


def _without_links(blocks: Sequence[Block], chosen: Sequence[int]) -> list[int]:
    """Return chosen blocks without those that are a link to another article, and no more.

    In a page whose text is mostly links, all stay.
    """
    links = {index for index in chosen if _is_link(blocks[index])}
    length = sum(len(blocks[index].text) for index in chosen)
    if 2 * sum(len(blocks[index].text) for index in links) > length:
        links = set()
    before = 0  # the last block that is a link, of those looked at
    labels = set()
    for index in reversed(chosen):
        if index in links:
            before = index
        elif before and _is_label(blocks[index]):
            labels.add(index)
            before = 0
        else:
            before = 0
    return [index for index in chosen if index not in links | labels]


def _is_label(block: Block) -> bool:
    """Return whether a block may be what stands above links, such as "Don't miss"."""
    text = block.text
    return len(text) <= _LONGEST_LABEL and block.tag != "tr" and not _SENTENCE.search(text)


def _is_link(block: Block) -> bool:
    is_address = _ADDRESS.fullmatch(block.text) is not None  # which readers are to see
    return (
        block.tag in ("p", "li")
        and block.linked >= _ALL_LINKED * len(block.text)
        and not is_address
    )


def _with_next_parts(blocks: Sequence[Block], chosen: Sequence[int]) -> list[int]:
    """Return chosen blocks and the paragraphs in the parts of the article that follow theirs.

    Pages divide an article into parts for what stands between them: elements of the same name and
    class, of which trafilatura takes the first ones.
    """
    if not chosen:
        return []
    taken = Counter(_kind_of_part(blocks[index].element.getparent()) for index in chosen)
    following: dict[Element, list[int]] = {}
    for index in range(chosen[-1] + 1, len(blocks)):
        block = blocks[index]
        part = block.element.getparent()
        kind = _kind_of_part(part)
        if (
            kind
            and taken[kind] >= _LEAST_OF_PART
            and block.tag == "p"
            and 2 * block.linked <= len(block.text)
            and _SENTENCE.search(block.text)
            and not _is_outside(block.element)
        ):
            following.setdefault(part, []).append(index)
    parts = [part for part in following.values() if len(part) >= _LEAST_OF_PART]
    return sorted((*chosen, *chain.from_iterable(parts)))


def _kind_of_part(element: Element) -> tuple[str, str] | None:
    """Return the name and the class of an element; None without a class."""
    name = None if element is None else element.get("class")
    return (element.tag, name) if name else None


def _trimmed(blocks: Sequence[Block], chosen: Sequence[int]) -> list[int]:
    """Return chosen blocks without the links, and the headings without text, that end them."""
    end = len(chosen)
    while end and _is_trailer(blocks[chosen[end - 1]]):
        end -= 1
    return [*chosen[:end]]


def _is_trailer(block: Block) -> bool:
    return (
        block.tag in HEADINGS
        or block.linked >= _LINKED * len(block.text)
        or _TRAILER.fullmatch(block.text) is not None
    )


def _completed(blocks: Sequence[Block], chosen: Sequence[int]) -> list[int]:
    """Return chosen blocks with what trafilatura leaves out between them.

    These are captions, and sentences in the same element as a chosen block, or beside or around it.
    """
    if not chosen:
        return []
    first, last = chosen[0], chosen[-1]
    taken = set(chosen)
    texts = {blocks[index].text for index in chosen}
    near = {blocks[index].element for index in chosen}
    around = {element.getparent() for element in near}
    for index, block in enumerate(blocks[first:last], start=first):
        if block.text in texts or 2 * block.linked > len(block.text):
            continue
        is_near = block.element in near | around or block.element.getparent() in around
        is_part = block.tag == "figcaption" or (is_near and _SENTENCE.search(block.text))
        if is_part and not _is_outside(block.element):
            taken.add(index)
            texts.add(block.text)
    return sorted(taken)


def main_text_of(root: Element) -> list[str]:
    """Return the lines of the main text of a page, as trafilatura finds it."""
    import trafilatura  # an extra

    for name in _LOGGERS:  # what they warn of would be printed
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    try:
        document = trafilatura.bare_extraction(root, favor_precision=True, include_comments=False)
    except Exception:  # of any kind, on odd pages; `_paragraphs` reads these
        return []
    body = getattr(document, "body", None)
    return [] if body is None else [block.text for block in blocks_of(body)]


def _plain(text: str) -> str:
    """Return a text as it is compared: without white space and signs that are not printed."""
    text = "".join(text.split())
    if not text.isprintable():
        text = "".join(filter(str.isprintable, text))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _found(lines: Sequence[str], keys: Sequence[str]) -> list[int]:
    """Return the indexes of the blocks that some lines are, in order and each once.

    A line is the next such block of the page, or within one, or several; a block is taken if lines
    have more than half of it.
    """
    free: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        free.setdefault(key, []).append(index)
    offsets = [*accumulate(map(len, keys), initial=0)]
    page = "".join(keys)
    covered = [0] * len(keys)
    current = 0
    for line in filter(None, map(_plain, lines)):
        if line in free:
            if indexes := free[line]:
                after = bisect_left(indexes, current)
                current = indexes.pop(after if after < len(indexes) else 0)
                covered[current] = len(line)
            continue
        start = page.find(line, offsets[current])
        if start < 0:
            start = page.find(line)
        end = start + len(line)
        if start < 0:
            start = page.find(line[:_BEGINNING], offsets[current])
            number = bisect_right(offsets, start) - 1
            if start < 0 or offsets[number] != start:
                continue
            end = offsets[number + 1]
        current = bisect_right(offsets, start) - 1
        for index in range(current, bisect_left(offsets, end)):
            covered[index] += min(end, offsets[index + 1]) - max(start, offsets[index])
    return [index for index, key in enumerate(keys) if 2 * covered[index] > len(key)]


def _paragraphs(blocks: Sequence[Block]) -> list[int]:
    """Return the indexes of the blocks in the fullest article of a page, or else in its body.

    Menus and the like are left out, and so is what has no sentence but is no heading or item.
    """
    inside: dict[Element, list[int]] = {}
    lengths: dict[Element, int] = {}
    for index, block in enumerate(blocks):
        if 2 * block.linked > len(block.text) or _is_outside(block.element):
            continue
        is_sentence = _SENTENCE.search(block.text) is not None
        if is_sentence or block.tag != "p":
            ancestors = (block.element, *block.element.iterancestors())
            main = next((one for one in ancestors if one.tag in _MAIN), None)
            inside.setdefault(main, []).append(index)
            lengths[main] = lengths.get(main, 0) + is_sentence * len(block.text)
    marked = [main for main in lengths if main is not None and lengths[main]]
    best = max(marked, key=lengths.__getitem__) if marked else None
    return inside[best] if lengths.get(best) else []


def _is_outside(element: Element, around: Set[str] = _AROUND) -> bool:
    """Return whether an element is in a menu, a sidebar or the like."""
    return any(
        one.tag in around or one.get("role") in _AROUND_ROLES
        for one in (element, *element.iterancestors())
    )
