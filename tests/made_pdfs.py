"""Small PDFs made by hand: text at given places in Helvetica, and what else a page may have."""

from collections.abc import Iterable, Mapping, Sequence

__all__ = ["lines", "pdf", "picture", "turned"]

WIDTH, HEIGHT = 595, 842  # of a page, in points
_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold"}


def lines(
    texts: Iterable[str],
    *,
    left: float = 70,
    top: float = 80,
    size: float = 10,
    pitch: float = 12,
    font: str = "F1",
) -> str:
    """Return the drawing of lines, one below the other."""
    places = ((HEIGHT - top - at * pitch, text) for at, text in enumerate(texts))
    return "\n".join(
        f"BT /{font} {size} Tf 1 0 0 1 {left} {base} Tm ({_escaped(text)}) Tj ET"
        for base, text in places
    )


def turned(text: str, *, left: float, top: float, size: float = 10) -> str:
    """Return the drawing of a text that runs upward."""
    return f"BT /F1 {size} Tf 0 1 -1 0 {left} {HEIGHT - top} Tm ({_escaped(text)}) Tj ET"


def picture(left: float, top: float, width: float, height: float) -> str:
    """Return the drawing of a picture."""
    return f"q {width} 0 0 {height} {left} {HEIGHT - top - height} cm /I1 Do Q"


def pdf(
    pages: Sequence[str],
    *,
    information: Mapping[str, str] | None = None,
    encrypted: bool = False,
    rotation: int = 0,
) -> bytes:
    """Return a PDF of pages, each given by its drawing."""
    first_page = 6
    count = len(pages)
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(count))
    fonts = " ".join(f"/{name} {3 + at} 0 R" for at, name in enumerate(_FONTS))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        *(
            b"<< /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>"
            % name.encode()
            for name in _FONTS.values()
        ),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream",
    ]
    for number, drawing in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotation} "
            f"/Resources << /Font << {fonts} >> /XObject << /I1 5 0 R >> >> "
            f"/Contents {first_page + 2 * number + 1} 0 R >>".encode()
        )
        data = drawing.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(data), data))
    trailer = "/Root 1 0 R"
    if information:
        values = " ".join(f"/{key} ({_escaped(value)})" for key, value in information.items())
        objects.append(f"<< {values} >>".encode("latin-1"))
        trailer += f" /Info {len(objects)} 0 R"
    if encrypted:
        sign = "<" + "5a" * 32 + ">"
        objects.append(
            f"<< /Filter /Standard /V 1 /R 2 /O {sign} /U {sign} /P -4 /Length 40 >>".encode()
        )
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
