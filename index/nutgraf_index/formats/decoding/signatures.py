"""Files whose beginning contradicts their extension, such as a PDF that is named .txt.

Read by its name, such a file would give passages of markup, or a reason that helps nobody.
"""

import re
from typing import NamedTuple

__all__ = ["contradiction"]


class _Signature(NamedTuple):
    """How files of a kind begin, and the extensions of the formats that take them."""

    noun: str
    begins: re.Pattern[str]
    usual: str
    extensions: frozenset[str]


_SIGNATURES = (
    _Signature("a PDF", re.compile(r"%PDF-\d"), ".pdf", frozenset((".pdf",))),
    _Signature("RTF", re.compile(r"\{\\rtf\d?\b"), ".rtf", frozenset((".rtf",))),
    _Signature(
        "a web page",
        re.compile(r"(?:<\?xml\b[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE),
        ".html",
        frozenset((".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht")),
    ),
    _Signature(
        "a document, book or archive in zip",
        re.compile(r"PK\x03\x04"),
        "that it has, such as .docx, .odt, .epub or .zip",
        frozenset(".docx .docm .dotx .dotm .odt .ott .fodt .epub .wacz".split()),
    ),
)


def contradiction(extension: str, head: str) -> str:
    """Return the reason to skip a file of an extension; "" if its beginning does not speak against.

    >>> contradiction(".txt", "%PDF-1.7")
    'a PDF by its content: give it the extension .pdf'
    >>> contradiction(".txt", "PDFs are files.")
    ''
    """
    start = head[:1000].lstrip("\ufeff \t\r\n")
    for kind in _SIGNATURES:
        if kind.begins.match(start) and extension not in kind.extensions:
            return f"{kind.noun} by its content: give it the extension {kind.usual}"
    return ""
