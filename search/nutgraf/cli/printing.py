"""Prints what a search found: hits, files or counts, in an output format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from nutgraf.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nutgraf.options import SearchOptions
    from nutgraf.output.registry import Output
    from nutgraf.output.style import Answer, Style
    from nutgraf.results.hits import Hit, Results
    from nutgraf.searcher import Searcher
    from nutgraf_index.index import Index

__all__ = [
    "check",
    "files_with_hits",
    "format_for",
    "print_count",
    "print_files",
    "print_hits",
    "print_lines",
]

_PLAIN = ("terminal", "grep")  # formats in which -l and -c print lines of text


def format_for(given: str | None, style: Style, *, as_json: bool, many: bool) -> str:
    """Return the name of the output format: the given one, or else the usual one."""
    usual = "jsonl" if as_json or many else "terminal" if style.terminal else "grep"
    return given or usual


def check(format: str, options: Mapping[str, bool]) -> None:
    """Raise click's error for options of the search that do not go with the format."""
    shown = "-c" if options["count"] else "-l" if options["files"] else ""
    if shown and format == "markdown":
        raise click.UsageError(f"--format markdown has passages alone: leave out {shown}.")
    if options["null"] and (options["count"] or format not in _PLAIN):
        raise click.UsageError("-0 ends the paths of -l and of lines as of grep: leave it out.")
    if options["raw_csv"] and format not in ("csv", "tsv"):
        raise click.UsageError("--raw-csv needs --format csv or --format tsv.")


def print_hits(answer: Answer, output: Output, style: Style, *, pages: bool) -> None:
    """Print the hits of one search; for `pages`, see `print_lines`."""
    if output.hits is not None:
        print_lines(output.hits(answer.hits, style), pages=pages)
    else:
        assert output.answers is not None
        print_lines(output.answers([answer], style), pages=pages)


def print_lines(lines: Iterable[str], *, pages: bool) -> None:
    """Print lines on stdout; with `pages`, in a pager if they do not fit on the terminal."""
    if not pages:
        console.print_lines(lines)
        return
    from nutgraf.cli.terminal.pager import print_pages  # never needed in a pipe

    print_pages(lines)


def print_fields(searcher: Searcher, names: Iterable[str], *, as_json: bool) -> None:
    """Print all that was read of some articles, as lines or each as a JSON object."""
    from nutgraf.output.screen.properties import property_lines, property_record

    style = console.style_for("never")
    for number, name in enumerate(names):
        roles = [passage.role for passage in searcher.find(name)[0]]
        record = property_record(searcher.read(name), roles)
        if as_json:
            console.print_record(record)
        else:
            console.print_lines([*[""] * bool(number), *property_lines(record, style)])


def print_reading(
    index: Index, paths: Iterable[str], max_bytes: int | None, *, all: bool, **reading: Any
) -> None:
    """Print how files would be read, into an empty index: their first articles, or all.

    `reading` are further arguments of `Index.sync`.
    """
    from nutgraf.output.screen.reading import reading_lines
    from nutgraf.searcher import Searcher
    from nutgraf_index.index import MAX_BYTES

    reading["max_bytes"] = MAX_BYTES if max_bytes is None else max_bytes
    blank = False
    for path in paths:
        report = index.sync([path], **reading)
        ids = {*report.added}
        articles = sorted(
            (article for article in index if article.id in ids),
            key=lambda article: (article.path, article.line),
        )
        with Searcher(index) as searcher:
            lines = reading_lines(
                [(article, searcher.find(article.id)[0]) for article in articles],
                dict(report.recognised),
                console.style_for("never"),
                given=reading["encoding"] or "",
                all=all,
            )
            console.print_lines([*[""] * blank, *lines])
        blank = blank or bool(articles)


def print_formats(*, as_json: bool) -> None:
    """Print the formats that can be read, and which extras they need."""
    from nutgraf.output.messages import describe_formats

    if not as_json:
        console.print_lines(describe_formats())
        return
    from nutgraf_index.formats.registry import FORMATS

    for format in FORMATS:
        console.print_record(
            {
                "format": format.name,
                "extensions": format.extensions,
                "about": format.about,
                "extra": format.extra,
                "installed": not format.remedy(),
            }
        )


def print_count(results: Results, output: Output, style: Style) -> None:
    """Print the number of passages, or of articles if they were grouped."""
    counts = {"passages": results.total}
    if results.articles is not None:
        counts = {"articles": results.articles, **counts}
    if output.records is not None:
        console.print_lines(output.records([counts], style))
    else:
        console.print_lines([str(next(iter(counts.values())))])


def files_with_hits(
    searcher: Searcher, query: str, options: SearchOptions
) -> tuple[Results, list[Hit]]:
    """Return the results of a search, and the first hit of each file.

    The limit and the offset of the options count files.
    """
    last = options.offset + options.most
    limit = None if options.limit is None else max(last, 10)
    while True:
        grouped = replace(
            options, group=True, per_article=None, collapse=False, offset=0, limit=limit
        )
        results = searcher.search(query, **grouped.keywords())
        firsts: dict[str, Hit] = {}
        # The hits after these have only some of the words.
        hits = results[: results.articles]
        for hit in hits:
            firsts.setdefault(hit.path or hit.article, hit)
        if limit is None or len(firsts) >= last or len(hits) < limit:
            return results, [*firsts.values()][options.offset : last]
        limit *= 4


def print_files(hits: Sequence[Hit], output: Output, style: Style) -> None:
    """Print the files of hits: their paths, or records with `path`."""
    from nutgraf.output.style import location

    if output.records is not None:
        records = [{"path": hit.path or hit.article} for hit in hits]
        console.print_lines(output.records(records, style))
    else:
        locations = [location(hit, style.folder) for hit in hits]
        console.print_paths(locations, null=style.null)
