"""The tables of docs/ that registries make: `python tests/tables.py` writes them anew."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from nutgraf.query.fields import FILTERS, syntax_help
from nutgraf_index.formats.registry import describe_formats
from places import TOP

__all__ = ["TABLES", "Rows", "rows", "tables", "with_table"]

DOCS = TOP / "docs"
Rows = list[tuple[str, ...]]
_HEADER = r"(?<=\n)\| (?P<header>[^\n]+) \|\n(?:\|---)+\|\n(?P<rows>(?:\|[^\n]*\n)*)"


def _forms() -> Rows:
    return [(f"`{example}`", about) for example, about in syntax_help()[: -len(FILTERS)]]


def _filters() -> Rows:
    return [
        (f"`{field.example}`", field.about, field.takes.value)
        for field in FILTERS.values()
        if field.takes
    ]


# By page and header, the rows.
TABLES: dict[tuple[Path, str], Callable[[], Rows]] = {
    (DOCS / "query-language.md", "query | finds passages"): _forms,
    (DOCS / "query-language.md", "filter | by | takes"): _filters,
    (DOCS / "formats.md", "files | format"): lambda: [*describe_formats()],
}


def tables(text: str, header: str) -> Iterator[re.Match[str]]:
    """Yield the tables of a Markdown text that have a header."""
    return (match for match in re.finditer(_HEADER, text) if match["header"] == header)


def rows(text: str, header: str) -> Rows:
    """Return the rows of all tables of a text that have a header."""
    lines = [line for match in tables(text, header) for line in match["rows"].splitlines()]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def with_table(text: str, header: str, made: Rows) -> str:
    """Return a text with the rows of the one table that has a header replaced."""
    (match,) = tables(text, header)
    lines = "".join(f"| {' | '.join(row)} |\n" for row in made)
    return text[: match.start("rows")] + lines + text[match.end("rows") :]


if __name__ == "__main__":
    for (page, header), made in TABLES.items():
        page.write_text(with_table(page.read_text("utf-8"), header, made()), "utf-8", newline="\n")
