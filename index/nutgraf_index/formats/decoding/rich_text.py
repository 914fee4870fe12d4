"""The paragraphs of RTF files, by striprtf."""

from nutgraf_index.errors import ArticleError

__all__ = ["paragraphs_of_rich_text"]


def paragraphs_of_rich_text(data: bytes) -> list[str]:
    r"""Return the paragraphs of a file; the cells of a row of a table have tabs between them.

    Bytes that are not valid in the encoding that the file states stand as ``\x81``. Raises
    `ArticleError` for data that is no RTF.
    """
    from striprtf.striprtf import rtf_to_text

    if not data[:16].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise ArticleError("not RTF, which begins with {\\rtf")
    try:
        text = rtf_to_text(data.decode("latin-1"), errors="backslashreplace")
    except (ArithmeticError, AttributeError, LookupError, TypeError, UnicodeError, ValueError):
        raise ArticleError("RTF that is damaged") from None
    return [line.rstrip("|").replace("|", "\t").strip() for line in text.split("\n")]
