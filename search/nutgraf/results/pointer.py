"""The way from a passage back into its file or web page: the part of an address after `#`.

For a web page it names an element and a text fragment, as a browser understands it (WICG, "URL
Fragment Text Directives"); for a PDF the page; for a book the file of the chapter and an element.
"""

import re

__all__ = ["pages_text", "pointed", "pointer"]

_WEB = ("http://", "https://")
_PAGES = (".html", ".htm", ".xhtml")  # files that a browser shows as web pages
_WHOLE = 80  # characters: a shorter passage is a text fragment as a whole
_WORDS = 5  # at each end of a longer passage
_LONGEST = 60  # characters of an end; scripts without spaces have words of a whole line
_DIRECTIVE = ":~:text="
_CLAUSE = re.compile(r".+?[、。，；：！？]")  # the words of such scripts are not known


def pointer(text: str, page: int, element: str, path: str, url: str) -> str:
    """Return the pointer to a passage, with its `#`; empty if there is nothing to point with.

    Args:
        text: the text of the passage.
        page: its page, or 0.
        element: the id of the element it begins in, or empty; in a book below the file of its
            chapter, as in `text/one.xhtml#p3`.
        path: the file of its article, or empty.
        url: the address of its article, or empty.

    >>> pointer("Otters are back.", 4, "", "report.pdf", "")
    '#page=4'
    >>> pointer("Otters, once lost, are back.", 0, "p3", "memo.html", "")
    '#p3:~:text=Otters%2C%20once%20lost%2C%20are%20back.'
    """
    if page:
        return f"#page={page}"
    is_web = url.lower().startswith(_WEB) or path.lower().endswith(_PAGES)
    if not (element or is_web):
        return ""
    from urllib.parse import quote  # slow to import, and never needed for plain texts

    directive = _directive(text) if is_web else ""
    return f"#{quote(element, safe='/', errors='replace')}{directive}"


def pointed(address: str, pointer: str) -> str:
    """Return an address that leads to a passage; an element that it names itself stays.

    >>> pointed("https://varn.example/a#top", "#:~:text=Otters")
    'https://varn.example/a#top:~:text=Otters'
    """
    base, mark, own = address.partition("#")
    element, directive, text = pointer.removeprefix("#").partition(":~:")
    element = own.partition(":~:")[0] or element
    return f"{base}#{element}{directive}{text}" if pointer else f"{base}{mark}{own}"


def pages_text(page: int, page_end: int) -> str:
    """Return pages as a citation has them; empty without pages.

    >>> pages_text(4, 4), pages_text(4, 5)
    ('p. 4', 'pp. 4–5')
    """
    if not page:
        return ""
    return f"pp. {page}–{page_end}" if page_end > page else f"p. {page}"


def _directive(text: str) -> str:
    """Return the text directive of a passage: its whole text, or its first and its last words."""
    lines = text.split("\n")
    if len(lines) == 1 and len(text) <= _WHOLE:
        return _DIRECTIVE + _escaped(" ".join(text.split()))
    first = _cut(" ".join(lines[0].split()[:_WORDS]))
    last = _cut(" ".join(lines[-1].split()[-_WORDS:]), last=True)
    if len(lines) == 1 and len(first) + len(last) > len(text):  # they would overlap
        return _DIRECTIVE + _escaped(first)
    return f"{_DIRECTIVE}{_escaped(first)},{_escaped(last)}"


def _cut(words: str, *, last: bool = False) -> str:
    """Return words, or the first or last clause of a word that is as long as a sentence."""
    if len(words) <= _LONGEST:
        return words
    clauses = _CLAUSE.findall(words) or [words[-_LONGEST:] if last else words[:_LONGEST]]
    return str(clauses[-1 if last else 0])


def _escaped(text: str) -> str:
    """Return a text percent-encoded; the dash is syntax of the directive."""
    from urllib.parse import quote

    return quote(text, safe="", errors="replace").replace("-", "%2D")
