"""The paragraphs of RTF files, by striprtf."""

from nutgraf_index.errors import ArticleError

__all__ = ["paragraphs_of_rich_text"]

_HIDDEN_BAR = "\ue07c"  # of the private use area
_BAR = f"\\u{ord(_HIDDEN_BAR) - (1 << 16)}?"


def paragraphs_of_rich_text(data: bytes) -> list[str]:
    r"""Return the paragraphs of a file; the cells of a row of a table have tabs between them.

    Bytes that are not valid in the encoding that the file states stand as ``\x81``. Raises
    `ArticleError` for data that is no RTF.
    """
    from striprtf.striprtf import rtf_to_text

    if not data[:16].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise ArticleError("not RTF, which begins with {\\rtf")
    try:
        # striprtf separates cells by bars, so those of the text are hidden from it.
        text = rtf_to_text(data.decode("latin-1").replace("|", _BAR), errors="backslashreplace")
    except (ArithmeticError, AttributeError, LookupError, TypeError, UnicodeError, ValueError):
        raise ArticleError("RTF that is damaged") from None
    return [
        line.rstrip("|").replace("|", "\t").replace(_HIDDEN_BAR, "|").strip()
        for line in text.split("\n")
    ]
