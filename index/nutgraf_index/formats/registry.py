"""The formats that can be read, in a table for help, messages, README and the file walker."""

from collections.abc import Iterator
from functools import partial

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats import json_lines, markdown, text
from nutgraf_index.formats.decoding.beginning import beginning
from nutgraf_index.formats.decoding.large_file import LargeFile
from nutgraf_index.formats.exports import readers
from nutgraf_index.formats.format import AS_FOUND, Fault, Format, ReadOptions
from nutgraf_index.formats.wire import anpa, iptc7901
from nutgraf_index.model import Article
from nutgraf_index.properties.keys import KEYS

__all__ = ["FORMATS", "describe_formats", "format_of", "read_articles", "usual_extensions"]

_PROPERTIES = ", ".join(f'"{name}"' for name in KEYS)
_OBJECT = f'one article a line, an object with "text" and, if known, {_PROPERTIES}'
_EXPORT = "of LexisNexis, Nexis Uni, Factiva, ProQuest and NewsBank"
_WIRE = (".txt", ".text", ".tst", "")
FORMATS = (
    Format("plain text", (".txt", ".text"), "with paragraphs inferred from its layout", text.read),
    Format("Markdown", (".md", ".markdown"), "with blocks as in CommonMark", markdown.read),
    Format(
        "JSON Lines", (".jsonl", ".ndjson"), _OBJECT, json_lines.read, in_chunks=True, several=True
    ),
    *(
        Format(
            layout.name,
            layout.extensions,
            layout.about,
            partial(readers.read_text, layout),
            several=True,
            recognises=layout.recognises,
        )
        for layout in readers.LAYOUTS
    ),
    Format("Word exports", (".docx",), _EXPORT, readers.read_word, several=True),
    Format("HTML exports", (".html", ".htm"), _EXPORT, readers.read_page, several=True),
    Format(
        "RTF exports",
        (".rtf",),
        f"{_EXPORT}, with pip install 'nutgraf[rtf]'",
        readers.read_rich_text,
        extra="rtf",
        requires="striprtf",
        several=True,
    ),
    Format(
        "ANPA-1312",
        (".anpa", *_WIRE),
        "wire text with control characters",
        anpa.read,
        several=True,
        recognises=anpa.recognises,
    ),
    Format(
        "IPTC 7901",
        (".iptc", *_WIRE),
        "wire text with control characters",
        iptc7901.read,
        several=True,
        recognises=iptc7901.recognises,
    ),
)


def format_of(path: str, head: str | None = None) -> Format:
    """Return the format of a file by its extension and, if several formats have it, its content.

    `head` is the beginning of its text, see `Format.recognises`; without it, content is not
    considered. Raises `ArticleError` for an unknown extension.
    """
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    extension = f".{ending}".lower() if stem and ending else ""
    formats = [format for format in FORMATS if extension in format.extensions]
    if not formats:
        raise ArticleError(f"unknown extension {extension}" if extension else "no extension")
    if head is not None and len(formats) > 1:
        for format in formats:
            if format.recognises is not None and format.recognises(head):
                return format
    if not extension and all(format.recognises for format in formats):
        raise ArticleError("no extension")
    return next((format for format in formats if format.recognises is None), formats[0])


def read_articles(
    path: str, data: bytes | LargeFile, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the articles of a file, and a fault for each line that gives none.

    `path` is relative to the root. A file without articles yields a fault of the whole file.
    """
    has_article = False
    try:
        format = format_of(path, beginning(data, options.encoding))
        contents = format.read(path, data, options)
        del data  # the reader frees it once it is decoded
        for entry in contents:
            has_article = has_article or isinstance(entry, Article)
            yield entry
    except ArticleError as error:
        yield Fault(str(error))
    else:
        if not has_article:
            yield Fault("no article in it")


def usual_extensions() -> str:
    """Return the most usual extension of each format, joined for a sentence."""
    *extensions, last = dict.fromkeys(format.extensions[0] for format in FORMATS)
    return f"{', '.join(extensions)} and {last}"


def describe_formats() -> list[tuple[str, str]]:
    """Return a row for each format, for a table: its extensions; its name and description."""
    return [
        (", ".join(filter(None, format.extensions)), f"{format.name}, {format.about}")
        for format in FORMATS
    ]
