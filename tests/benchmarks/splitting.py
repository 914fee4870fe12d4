"""What reading and splitting a text costs, by what splitting it into lines costs. See README.md."""

import argparse
import json
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import passages
from nutgraf import Article, Passage, split
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.passages.split import complete

_IN_ARTICLE = 20  # paragraphs
_LINES_IN_STANZA = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a corpus-N.jsonl of speed.py")
    parser.add_argument("--paragraphs", type=int, default=20_000, help="of each kind of text")
    parser.add_argument("--repeat", type=int, default=7, help="the least time of so many is told")
    options = parser.parse_args()
    read = _paragraphs(options.corpus, options.paragraphs)
    articles = [read[at : at + _IN_ARTICLE] for at in range(0, len(read), _IN_ARTICLE)]
    for kind, (extension, written) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder, f"{at}{extension}") for at in range(len(articles))]
            for file, paragraphs in zip(files, articles, strict=True):
                file.write_text(written(paragraphs), encoding="utf-8")
            bare = min(_seconds(bare_paragraphs, files) for _ in range(options.repeat))
            whole = min(_seconds(whole_passages, files) for _ in range(options.repeat))
            figures = {
                "lines": sum(file.read_bytes().count(b"\n") + 1 for file in files),
                "passages": sum(len(whole_passages(file)) for file in files),
                "bare_ms": round(1000 * bare, 2),
                "whole_ms": round(1000 * whole, 2),
                "ratio": round(whole / bare, 2),
            }
            print(json.dumps({"kind": kind, **figures}))


def bare_paragraphs(file: Path) -> list[str]:
    """Read a text in plain Python: stripped lines, in paragraphs between blank ones."""
    paragraphs: list[str] = []
    group: list[str] = []
    for line in file.read_bytes().decode("utf-8").split("\n"):
        if bare := line.strip():
            group.append(bare)
        elif group:
            paragraphs.append("\n".join(group))
            group = []
    if group:
        paragraphs.append("\n".join(group))
    return paragraphs


def whole_passages(file: Path) -> list[Passage]:
    """Read a text as a sync does: its article, the passages, and what these tell of it."""
    (article,) = read_articles(file.name, file.read_bytes())
    assert isinstance(article, Article)
    found = split(article)
    complete(article, found)
    return found


def _seconds(what: Callable[[Path], list[Any]], files: list[Path]) -> float:
    begun = time.process_time()
    kept = [what(file) for file in files]
    seconds = time.process_time() - begun
    assert len(kept) == len(files)
    return seconds


def _paragraphs(corpus: Path, number: int) -> list[str]:
    return [passage.text for passage in islice(passages(corpus), number)]


def _long_lines(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


def _wrapped(paragraphs: list[str]) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs)


def _indented(paragraphs: list[str]) -> str:
    return "\n".join(textwrap.fill(text, 72, initial_indent="    ") for text in paragraphs)


def _verse(paragraphs: list[str]) -> str:
    return "\n\n".join("\n".join(stanza) for stanza in _stanzas(paragraphs))


def _table(paragraphs: list[str]) -> str:
    """Rows of words with capitals; rows with small letters would be wrapped text."""
    return "\n".join("\n".join(stanza).title() for stanza in _stanzas(paragraphs))


def _pieces(paragraphs: list[str]) -> str:
    """Paragraphs in lines of their own, each cut around one of its words as around a link."""
    cut = ([*words[:7], "\n", words[7], "\n", *words[8:]] for words in _words(paragraphs))
    return "\n".join(" ".join(words).replace(" \n ", "\n") for words in cut)


def _words(paragraphs: list[str]) -> Iterator[list[str]]:
    return (words for text in paragraphs if len(words := text.split()) > 8)


def _stanzas(paragraphs: list[str]) -> Iterator[list[str]]:
    """Yield short lines, of 10 to 30 characters each, some at a time."""
    lines = (line for text in paragraphs for line in textwrap.wrap(text, 10 + len(text) % 21))
    while stanza := list(islice(lines, _LINES_IN_STANZA)):
        yield stanza


def _markdown(paragraphs: list[str]) -> str:
    """Paragraphs in one line and wrapped, with a heading, a list or a quotation after each four."""
    blocks: list[str] = []
    for at, text in enumerate(paragraphs):
        wrapped = textwrap.fill(text, 72)
        blocks.append(text if at % 2 else wrapped)
        if at % 4 == 0:
            words = text.split()
            blocks.append("## " + " ".join(words[:5]))
            blocks.append("\n".join("- " + " ".join(words[n : n + 8]) for n in range(0, 40, 8)))
            blocks.append("> " + wrapped.replace("\n", "\n> "))
    return "\n\n".join(blocks)


KINDS: dict[str, tuple[str, Callable[[list[str]], str]]] = {
    "long lines": (".txt", _long_lines),
    "wrapped": (".txt", _wrapped),
    "wrapped, indented": (".txt", _indented),
    "verse": (".txt", _verse),
    "table": (".txt", _table),
    "pieces": (".txt", _pieces),
    "Markdown": (".md", _markdown),
}


if __name__ == "__main__":
    main()
