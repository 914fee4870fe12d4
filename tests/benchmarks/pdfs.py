"""How well the text and the paragraphs of printed PDFs are found. See README.md.

Articles of JSON Lines are printed by Chromium in several layouts, and read back.
"""

import argparse
import html
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from nutgraf import split
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import MarkedArticle, Role
from nutgraf_index.segment.stored_fields import place_of

LAYOUTS = {
    "one column": "p {margin: 0 0 1em}",
    "heads": "p {margin: 0 0 1em}",
    "indented": "p {margin: 0; text-indent: 1.5em}",
    "justified": "p {margin: 0; text-indent: 1.5em; text-align: justify; hyphens: auto}",
    "two columns": ".text {columns: 2; column-gap: 2em} p {margin: 0 0 .8em}",
    "two, indented": ".text {columns: 2; column-gap: 1.5em; font-size: 10pt}"
    "p {margin: 0; text-indent: 1.2em; text-align: justify; hyphens: auto}",
    "three columns": ".text {columns: 3; column-gap: 1.5em; font-size: 9pt}p {margin: 0 0 .8em}",
    # Other fonts, papers, gutters and furniture.
    "letter, sans": "@page {size: letter; margin: 1in .8in} body {font: 12pt 'Liberation Sans'}"
    ".text {columns: 2; column-gap: 1em} p {margin: 0 0 .5em}",
    "narrow gutter": "@page {size: letter; margin: 1.5cm} .text {columns: 3; column-gap: .9em;"
    "font: 9pt/1.15 'Liberation Serif'; text-align: justify; hyphens: auto}"
    "p {margin: 0; text-indent: 1em}",
    "tabloid": "@page {size: 11in 17in; margin: 1.5cm} .text {columns: 5; column-gap: 1.2em;"
    "font: 9pt/1.2 'Liberation Serif'; text-align: justify; hyphens: auto}"
    "p {margin: 0; text-indent: 1em} h1 {font-size: 40pt}",
    "small paper": "@page {size: A5; margin: 1.2cm} body {font: 9pt 'DejaVu Serif'}"
    ".text {columns: 2; column-gap: 1.4em} p {margin: 0 0 .6em}",
    "figures": ".text {columns: 2; column-gap: 1.5em; font-size: 10pt; column-fill: auto}"
    "p {margin: 0 0 .7em} h2 {font-size: 12pt; margin: 1em 0 .4em}",
    "floats": "p {margin: 0 0 .8em; text-align: justify} figure {float: right; width: 40%;"
    "margin: .3em 0 .3em 1.2em} h2 {font-size: 13pt}",
    "spanning": ".text {columns: 3; column-gap: 1.3em; font: 9.5pt/1.25 'Liberation Sans'}"
    "p {margin: 0; text-indent: 1.2em} h2 {column-span: all; font-size: 20pt; margin: 1em 0 .3em}"
    "h2 + p::first-letter {font-size: 300%; float: left; line-height: .8; padding-right: 2pt}"
    "h2 + p::first-line {font-variant: small-caps}",
    "spaced": "@page {margin: 3cm 2cm} .text {columns: 2; column-gap: 1.2em; font: 10pt/1.9"
    " 'Liberation Serif'} p {margin: 0; text-indent: 2em}",
}
_FIGURES = ("figures", "floats")  # layouts with pictures and captions
_SUBHEADS = ("figures", "floats", "spanning")
_PICTURE = (
    "<figure><img width=100% height=120 src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"
    "CAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='>"
)
_HEADS = ("heads",)  # layouts with running heads and page numbers
_PAGE = """<html lang=en><meta charset=utf-8><title>{title}</title>
<style>@page {{size: A4; margin: 2cm}} body {{font: 11pt "Liberation Serif"}} {css}</style>
<body><h1>{title}</h1><div class=text>{body}</div>"""
_MARKS = {2: None, 0xFFFE: None}  # of broken words
_LEAST_WORDS = 8  # of a line of an article that is taken for a paragraph, and ends a sentence
_ENDS = re.compile(r"[A-Z\"“‘'].*[.?!][\"”]?").fullmatch
_CAP = 2  # signs: a large first letter and a quote stand apart from the text
_LONG = 250  # characters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="JSON Lines with a text for each article")
    parser.add_argument("--documents", type=int, default=8, help="printed in each layout")
    parser.add_argument("--words", type=int, default=2500, help="of a document")
    parser.add_argument("--keep", type=Path, help="a folder that the PDFs are kept in")
    options = parser.parse_args()
    documents = [*_documents(options.articles, options.documents, options.words)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        for layout, css in LAYOUTS.items():
            print(json.dumps({"layout": layout, **measured(documents, layout, css, folder)}))


def measured(
    documents: Sequence[tuple[str, list[str]]], layout: str, css: str, folder: Path
) -> dict[str, float]:
    """Return the measures of a layout: F of 4-grams and of paragraphs, pages, and seconds."""
    grams, paragraphs = _Score(), _Score()
    right = passages = pages = 0
    seconds = 0.0
    size = 0
    for number, (title, body) in enumerate(documents):
        file = folder / f"{layout.replace(' ', '-').replace(',', '')}-{number}.pdf"
        blocks = [*_blocks(body, layout)]
        if not file.exists():
            printed(title, blocks, css, file, heads=layout in _HEADS)
        data = file.read_bytes()
        size += len(data)
        started = time.perf_counter()
        (article,) = read_articles(file.name, data)
        seconds += time.perf_counter() - started
        assert isinstance(article, MarkedArticle)
        running = {(one.start, one.end) for one in article.marks if one.role is Role.FURNITURE}
        found = [one for one in split(article) if (one.start, one.end) not in running]
        texts = [title, *(text for _, text in blocks)]
        grams.add(_grams(texts), _grams([one.text for one in found]))
        paragraphs.add(Counter(map(_key, texts)), Counter(_key(one.text) for one in found))
        on_pages = page_texts(data)
        pages += len(on_pages)
        for one in found:
            passages += 1
            right += _stands_there(article, one.start, one.end, on_pages)
    return {
        "text_f": round(grams.f, 4),
        "paragraphs_f": round(paragraphs.f, 4),
        "pages_right": round(right / passages, 4),
        "passages": passages,
        "pages_s": round(pages / seconds, 1),
        "mb_s": round(size / seconds / 1e6, 2),
    }


def _stands_there(article: MarkedArticle, start: int, end: int, on_pages: Sequence[str]) -> bool:
    """Return whether each part of a passage begins and ends on the page that is told for it."""
    turns = [one for one in article.anchors if start < one.start < end and one.page]
    first, _, _ = place_of(article.anchors, start, end)
    borders = [(start, first), *((one.start, one.page) for one in turns)]
    for at, (begins, page) in enumerate(borders):
        ends = borders[at + 1][0] if at + 1 < len(borders) else end
        key = _key(article.text[begins:ends])
        if key[_CAP:20] not in on_pages[page - 1] or key[-20:] not in on_pages[page - 1]:
            return False
    return True


class _Score:
    """Counts what is right, found and expected."""

    def __init__(self) -> None:
        self.right = self.found = self.expected = 0

    def add(self, expected: Counter[str], found: Counter[str]) -> None:
        self.right += (expected & found).total()
        self.found += found.total()
        self.expected += expected.total()

    @property
    def f(self) -> float:
        return 2 * self.right / (self.found + self.expected)


def _key(text: str) -> str:
    """Return a text without white space and hyphens, which a line end may have added."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def _grams(texts: Sequence[str]) -> Counter[str]:
    words = " ".join(texts).split()
    return Counter(" ".join(words[at : at + 4]) for at in range(len(words) - 3))


def _documents(file: Path, count: int, words: int) -> Iterator[tuple[str, list[str]]]:
    """Yield titles and paragraphs: each document is made of as many articles as it takes."""
    title, body, size = "", list[str](), 0
    for line in file.read_text("utf-8").splitlines():
        lines = [" ".join(text.split()) for text in json.loads(line)["text"].splitlines()]
        if max(map(len, lines), default=0) < _LONG:  # its paragraphs are cut into lines
            continue
        lines = [text for text in lines if len(text.split()) >= _LEAST_WORDS and _ENDS(text)]
        if not lines:
            continue
        title = title or " ".join(lines[0].split()[:9])
        body += lines
        size += sum(len(text.split()) for text in lines)
        if size >= words:
            yield title, body
            title, body, size = "", [], 0
            count -= 1
            if not count:
                return


def _blocks(body: Sequence[str], layout: str) -> Iterator[tuple[str, str]]:
    """Yield the elements of a document with their texts: paragraphs, subheads and captions."""
    for number, text in enumerate(body):
        if layout in _SUBHEADS and number % 7 == 0:
            yield "h2", f"Part {number // 7 + 1} of what is told"
        if layout in _FIGURES and number % 5 == 2:
            caption = (
                f"Figure {number // 5 + 1}. A grey area that stands for a picture, and {number}"
            )
            yield (
                "figcaption",
                f"{caption} words of two lines or more that tell what is seen in it.",
            )
        yield "p", text


def printed(
    title: str, blocks: Sequence[tuple[str, str]], css: str, file: Path, *, heads: bool
) -> None:
    """Print a document with Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("this needs chromium")
    page = file.with_suffix(".html")
    text = "\n".join(_element(name, html.escape(text)) for name, text in blocks)
    page.write_text(_PAGE.format(title=html.escape(title), css=css, body=text), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={file}"]
    if not heads:
        flags.append("--no-pdf-header-footer")
    subprocess.run([chromium, *flags, page.as_uri()], check=True, capture_output=True, timeout=120)
    page.unlink()


def _element(name: str, text: str) -> str:
    element = f"<{name}>{text}</{name}>"
    return f"{_PICTURE}{element}</figure>" if name == "figcaption" else element


def page_texts(data: bytes) -> list[str]:
    """Return the text of each page in the order of the file, as `_key` has it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return [_key(page.get_textpage().get_text_range().translate(_MARKS)) for page in document]


if __name__ == "__main__":
    main()
