"""Measures how fast documents and books are read: `python tests/benchmarks/office_documents.py`.

It makes a document of 2,000 paragraphs in each format from sentences of data/, and prints the
megabytes of text, and the pages of 500 words, that are read in a second of one processor.
"""

import sys
import time
from html import escape
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from nutgraf_index.formats.registry import read_articles  # noqa: E402
from nutgraf_index.model import Article  # noqa: E402
from office_files import chapter, docx, epub, odt  # noqa: E402

PARAGRAPHS = 2_000
ROUNDS = 5


def main() -> None:
    """Print a line for each format."""
    text = (TESTS.parent / "data" / "iraq-us-call.txt").read_text("utf-8")
    lines = [line.strip() for line in text.split("\n") if len(line) > 80]
    texts = [lines[number % len(lines)] for number in range(PARAGRAPHS)]
    runs = [[escape(part) for part in one.split(", ")] for one in texts]
    run = '<w:r><w:rPr><w:rFonts w:ascii="Arial"/><w:sz w:val="22"/></w:rPr><w:t>{}</w:t></w:r>'
    paragraphs = ("".join(map(run.format, parts)) for parts in runs)
    spans = ("".join(f'<text:span text:style-name="T1">{part}</text:span>' for part in parts)
             for parts in runs)  # fmt: skip
    pages = [
        chapter("".join(f"<p>{escape(one)}</p>" for one in texts[start : start + 100]))
        for start in range(0, PARAGRAPHS, 100)
    ]
    made = {
        "a.docx": docx("".join(f'<w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{one}</w:p>'
                               for one in paragraphs)),
        "a.odt": odt("".join(f'<text:p text:style-name="P1">{one}</text:p>' for one in spans)),
        "a.epub": epub({f"{number}.xhtml": page for number, page in enumerate(pages)}),
        "a.rtf": b"{\\rtf1\\ansi " + b"".join(
            b"\\pard\\plain\\f0\\fs22 " + "".join(
                sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in one
            ).encode() + b"\\par\n" for one in texts) + b"}",
    }  # fmt: skip
    for name, data in made.items():
        best, size, words = 1e9, 0, 0
        for _ in range(ROUNDS):
            start = time.process_time()
            entries = list(read_articles(name, data))
            best = min(best, time.process_time() - start)
            articles = [one for one in entries if isinstance(one, Article)]
            size = sum(len(one.text.encode()) for one in articles)
            words = sum(len(one.text.split()) for one in articles)
        print(
            f"{name}: {size / 1e6 / best:.1f} MB of text a second, "
            f"{words / 500 / best:,.0f} pages, {len(data) / 1e6 / best:.1f} MB of file"
        )


if __name__ == "__main__":
    main()
