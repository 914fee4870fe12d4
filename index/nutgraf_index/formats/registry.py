"""The formats that can be read, in a table for help, messages, README and the file walker."""

import re
from collections.abc import Iterator
from functools import partial

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats import markdown, text
from nutgraf_index.formats.containers.compression import (
    COMPRESSIONS,
    compression_of,
    unpack,
)
from nutgraf_index.formats.containers.limits import Budget
from nutgraf_index.formats.data import json_articles, tables
from nutgraf_index.formats.decoding.beginning import beginning
from nutgraf_index.formats.decoding.large_file import LargeFile, size_of
from nutgraf_index.formats.decoding.signatures import contradiction
from nutgraf_index.formats.exports import readers
from nutgraf_index.formats.format import AS_FOUND, MISSING, Fault, Format, ReadOptions
from nutgraf_index.formats.html import reader as html
from nutgraf_index.formats.mail import mailbox
from nutgraf_index.formats.mail import reader as mail
from nutgraf_index.formats.office import docx, epub, odt, rtf
from nutgraf_index.formats.pdf import reader
from nutgraf_index.formats.web_archives import wacz, warc
from nutgraf_index.formats.wire import anpa, iptc7901
from nutgraf_index.model import Article
from nutgraf_index.names import base_name
from nutgraf_index.properties.keys import KEYS

__all__ = [
    "FORMATS",
    "describe_formats",
    "extension_of",
    "format_of",
    "is_outdated",
    "is_slow",
    "read_articles",
    "read_as",
    "recognise",
    "remedy_for",
    "usual_extensions",
]

_PROPERTIES = ", ".join(name for name in KEYS if name != "text")
_KEYS = f"with text and, if known, {_PROPERTIES}, under the usual keys"
_EXPORT = "of LexisNexis, Nexis Uni, Factiva, ProQuest and NewsBank"
_TEXT = (".txt", ".text")
# The names of the files of a Maildir are a time, a number, the name of a host, and flags.
_MAILDIR_FLAGS = re.compile(r"[:;]2,[A-Za-z]*\Z")
_MAILDIR_NAME = re.compile(r"(?:^|/)(?:cur|new)/\d{9,11}\.[^/]+\Z")
_WIRE = (".txt", ".text", ".tst", "")
# What the programs that made a file can save it as.
_NEWER = {".doc": ".docx", ".dot": ".docx", ".wpd": ".docx", ".pages": ".docx", ".sxw": ".odt"}


def _attachment(path: str, data: bytes, options: ReadOptions) -> Iterator[Article | Fault]:
    """Yield what the formats below read of a file in another file."""
    yield from read_articles(path, data, options)


FORMATS = (
    Format("plain text", (".txt", ".text"), "with paragraphs inferred from its layout", text.read),
    Format("Markdown", (".md", ".markdown"), "with blocks as in CommonMark", markdown.read),
    Format(
        "JSON",
        (".json",),
        f"an article, an array of articles, or an object that holds them, {_KEYS}",
        json_articles.read,
        in_chunks=True,
        several=True,
    ),
    Format(
        "JSON Lines",
        (".jsonl", ".ndjson"),
        f"an object a line, {_KEYS}",
        json_articles.read,
        in_chunks=True,
        several=True,
    ),
    Format(
        "CSV and TSV",
        (".csv", ".tsv"),
        f"an article a row, under a row of column names, {_KEYS}",
        tables.read,
        in_chunks=True,
        several=True,
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
    Format(
        "Word",
        (".docx", ".docm", ".dotx", ".dotm"),
        f"a document, or an export {_EXPORT}",
        docx.read,
        several=True,
        is_slow=True,
    ),
    Format(
        "OpenDocument",
        (".odt", ".ott", ".fodt"),
        f"a text document, or an export {_EXPORT}",
        odt.read,
        several=True,
        is_slow=True,
    ),
    Format(
        "EPUB",
        (".epub",),
        "a book, with an article for each chapter",
        epub.read,
        several=True,
        is_slow=True,
    ),
    Format(
        "HTML exports",
        (".html", ".htm"),
        _EXPORT,
        readers.read_page,
        several=True,
        recognises=readers.is_export,
        is_slow=True,
    ),
    Format(
        "HTML",
        (".html", ".htm", ".xhtml", ".shtml"),
        "the article of a web page",
        html.read,
        extra="html",
        requires="trafilatura",
        is_slow=True,
    ),
    Format(
        "RTF",
        (".rtf",),
        f"a document, or an export {_EXPORT}",
        rtf.read,
        extra="rtf",
        requires="striprtf",
        several=True,
        is_slow=True,
    ),
    Format(
        "PDF",
        (".pdf",),
        "with a text layer",
        reader.read,
        extra="pdf",
        requires="pypdfium2",
        is_slow=True,
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
    Format(
        "mailboxes",
        (".mbox", ".mbx", *_TEXT, ""),
        "messages (mbox) with their attachments of these formats",
        partial(mail.read_mailbox, _attachment),
        in_chunks=True,
        in_records=True,
        several=True,
        recognises=mailbox.begins_as_mailbox,
        is_slow=True,
    ),
    Format(
        "mail",
        (".eml", ".emlx", ""),
        "a message, as in a Maildir, with its attachments of these formats",
        partial(mail.read_message, _attachment),
        several=True,
        recognises=mailbox.begins_as_message,
        is_slow=True,
    ),
    Format(
        "saved web pages",
        (".mhtml", ".mht"),
        "the article of a web page with its pictures in one file",
        partial(mail.read_saved_page, html.read),
        extra="html",
        requires="trafilatura",
        is_slow=True,
    ),
    Format(
        "web archives",
        (".warc",),
        "the articles of the web pages in a WARC file",
        partial(warc.read, _attachment),
        extra="web-archive",
        requires="warcio",
        in_chunks=True,
        in_records=True,
        several=True,
        is_slow=True,
    ),
    Format(
        "web archive collections",
        (".wacz",),
        "the articles of the web pages in the WARC files of a WACZ file",
        partial(wacz.read, _attachment),
        extra="web-archive",
        requires="warcio",
        in_chunks=True,
        in_records=True,
        several=True,
        is_slow=True,
    ),
    Format(
        "plain text",
        ("",),
        "if it has sentences and is no script",
        text.read,
        recognises=text.is_prose,
    ),
)


def format_of(path: str, head: str | None = None) -> Format:
    """Return the format of a file by its extension and, if several formats have it, its content.

    `head` is the beginning of its text, see `Format.recognises`; without it, content is not
    considered. A compressed file has the format of the file in it. Raises `ArticleError` for an
    unknown extension, and for a file without one whose content is of no format.
    """
    extension = extension_of(compression_of(path)[0])
    formats = [format for format in FORMATS if extension in format.extensions]
    if not formats:
        raise ArticleError(_unknown(extension) if extension else "no extension")
    if head is not None and (len(formats) > 1 or not extension):
        for format in formats:
            if format.recognises is not None and format.recognises(head):
                return format
        if not extension:
            raise ArticleError("no extension, and no text with sentences")
    return next((format for format in formats if format.recognises is None), formats[-1])


def _unknown(extension: str) -> str:
    """Return the reason to skip a file of an extension that no format has."""
    newer = _NEWER.get(extension)
    return f"unknown extension {extension}" + (f": save it as {newer}" if newer else "")


def extension_of(path: str) -> str:
    """Return the extension of a file, in lower case with the dot; "" if it has none."""
    name = base_name(path)
    if ("2," in name and _MAILDIR_FLAGS.search(name)) or (
        "/" in path and _MAILDIR_NAME.search(path)
    ):
        return ""
    stem, _, ending = name.rpartition(".")
    return f".{ending}".lower() if stem and ending else ""


def recognise(
    path: str,
    data: bytes | LargeFile,
    options: ReadOptions = AS_FOUND,
    *,
    is_unpacked: bool = False,
) -> tuple[Format, bytes | LargeFile]:
    """Return the format of a file, and its bytes, unpacked if it is compressed.

    Those of a member of an archive are unpacked already. Raises `ArticleError` if the file cannot
    be unpacked, is of no format, or begins as one of another extension.
    """
    name, extension = compression_of(path)
    if extension and not is_unpacked:
        budget = Budget(size_of(data), options.max_bytes)
        usual = format_of(path)
        data = unpack(
            data,
            extension,
            budget,
            in_chunks=usual.in_chunks,
            in_records=usual.in_records,
        )
    head = beginning(data, options.encoding)
    format = format_of(path, head)
    is_by_name = format.recognises in (None, text.is_prose)
    if is_by_name and (reason := contradiction(extension_of(name), head)):
        raise ArticleError(reason)
    return format, data


def read_articles(
    path: str, data: bytes | LargeFile, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the articles of a file, and a fault for each line that gives none.

    `path` is relative to the root. A file without articles yields a fault of the whole file.
    """
    try:
        format, data = recognise(path, data, options)
    except ArticleError as error:
        yield Fault(str(error))
    else:
        yield from read_as(format, path, data, options)


def read_as(
    format: Format, path: str, data: bytes | LargeFile, options: ReadOptions
) -> Iterator[Article | Fault]:
    """Yield what `read_articles` yields for a file whose format and bytes `recognise` returned."""
    if remedy := format.remedy():
        yield Fault(remedy)
        return
    has_outcome = False  # whether an article was given, or the reason why the file has none
    try:
        contents = format.read(path, data, options)
        del data  # the reader frees it once it is decoded
        for entry in contents:
            has_outcome = has_outcome or isinstance(entry, Article) or not entry.line
            yield entry
    except ArticleError as error:
        yield Fault.of(error)
    except ImportError as error:  # the module is there, but damaged or without what it needs
        if not format.extra:
            raise
        reason = f"the module that reads {format.name} cannot be loaded ({error})"
        yield Fault(f"{reason}: {format.command} --force-reinstall", again=True)
    else:
        if not has_outcome:
            yield Fault("no article in it")


def remedy_for(path: str) -> str:
    """Return the message that names the extra to install for a file, by its extension.

    It is empty if a format of the extension can be read: then the content decides. Raises
    `ArticleError` as `format_of` does.
    """
    usual = format_of(path)
    extension = extension_of(compression_of(path)[0])
    formats = (format for format in FORMATS if extension in format.extensions)
    return usual.remedy() if all(format.remedy() for format in formats) else ""


def is_slow(path: str) -> bool:
    """Return whether a file is of a slow format, by its extension; see `Format.is_slow`.

    A file without one may be a message. Raises `ArticleError` as `format_of` does.
    """
    return format_of(path).is_slow or not extension_of(compression_of(path)[0])


def is_outdated(reason: str) -> bool:
    """Return whether a file was skipped for want of an extra that is installed now."""
    return bool(MISSING.match(reason)) and not any(reason == one.remedy() for one in FORMATS)


def usual_extensions() -> str:
    """Return the most usual extension of each format, joined for a sentence."""
    usual = [format.extensions[0] for format in FORMATS if format.extensions[0]]
    *extensions, last = dict.fromkeys(usual)
    return f"{', '.join(extensions)} and {last}"


def describe_formats() -> list[tuple[str, str]]:
    """Return a row for each format, for a table: its extensions; its name and description.

    The last rows are those of compressed files and of archives.
    """
    rows = [
        (
            ", ".join(one or "none" for one in format.extensions),
            f"{format.name}, {format.about}" + (f"; needs {format.command}" * bool(format.extra)),
        )
        for format in FORMATS
    ]
    archives = ".zip, .tar, .tar.gz, .tgz"
    return [
        *rows,
        (", ".join(COMPRESSIONS), "a compressed file of any of these, such as a.txt.gz"),
        (archives, "an archive of any of these; all compressions of tar are read"),
    ]
