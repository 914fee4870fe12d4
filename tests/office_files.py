"""Makes small documents: DOCX, ODT and EPUB, from the XML of their parts."""

import io
import zipfile
from collections.abc import Mapping

__all__ = ["chapter", "docx", "epub", "fodt", "odt", "packed"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_DOCX = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)
_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("meta", "meta"), ("draw", "drawing"), ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip

_NAV, _TOC, _NOT_LINEAR = ' properties="nav"', ' toc="ncx"', ' linear="no"'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def docx(
    body: str,
    *,
    styles: str = "",
    core: str = "",
    namespace: str = W,
    main: str = "word/document.xml",
    **notes: str,
) -> bytes:
    """Return a Word document; `notes` are the parts footnotes, endnotes and comments."""
    names = f'xmlns:w="{namespace}" {_DOCX}'
    parts = {main: f"<w:document {names}><w:body>{body}</w:body></w:document>"}
    if main != "word/document.xml":
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        parts["_rels/.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{office}/officeDocument" Target="/{main}"/>'
            "</Relationships>"
        )
    if styles:
        parts["word/styles.xml"] = f"<w:styles {names}>{styles}</w:styles>"
    if core:
        parts["docProps/core.xml"] = f"<cp:coreProperties {_CORE}>{core}</cp:coreProperties>"
    for name, part in notes.items():
        parts[f"word/{name}.xml"] = f"<w:{name} {names}>{part}</w:{name}>"
    return packed(parts)


def odt(body: str, *, styles: str = "", common: str = "", meta: str = "") -> bytes:
    """Return a document of OpenDocument; `styles` are those of its text, `common` the named."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}><office:styles>{common}"
            "</office:styles></office:document-styles>",
            "meta.xml": f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
        }
    )


def fodt(body: str, *, meta: str = "") -> bytes:
    """Return a document of OpenDocument in one file of XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_ODF}>'
        f"<office:meta>{meta}</office:meta><office:body><office:text>{body}</office:text>"
        "</office:body></office:document>"
    ).encode()


def chapter(body: str, *, title: str = "", declared: str = "<!DOCTYPE html>") -> str:
    """Return a page of XHTML."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{declared}'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>{title}</title></head><body>{body}</body></html>"
    )


def epub(
    chapters: Mapping[str, str],
    *,
    metadata: str = "<dc:title>Rivers of the Varn</dc:title>",
    contents: str = "",
    ncx: str = "",
    guide: str = "",
    hidden: tuple[str, ...] = (),
    others: Mapping[str, str] | None = None,
) -> bytes:
    """Return a book whose chapters are pages by name; `contents` is the inside of its `nav`.

    `hidden` are names of chapters that are not linear; `others` are further parts by name.
    """
    parts: dict[str, str] = {"mimetype": "application/epub+zip"}
    parts["META-INF/container.xml"] = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>"
    )
    pages = dict(chapters)
    if contents:
        pages["nav.xhtml"] = chapter(f'<nav epub:type="toc"><ol>{contents}</ol></nav>')
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"'
        f"{_NAV if name == 'nav.xhtml' else ''}/>"
        for number, name in enumerate(pages)
    )
    if ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        parts["OEBPS/toc.ncx"] = (
            '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>' + ncx + "</navMap></ncx>"
        )
    toc = _TOC if ncx else ""
    spine = "".join(
        f'<itemref idref="i{number}"{_NOT_LINEAR if name in hidden else ""}/>'
        for number, name in enumerate(pages)
    )
    parts["OEBPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:opf="http://www.idpf.org/2007/opf"><metadata>{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine{toc}>{spine}</spine>"
        f"<guide>{guide}</guide></package>"
    )
    parts |= {f"OEBPS/{name}": page for name, page in pages.items() if page}
    parts |= others or {}
    return packed(parts)
