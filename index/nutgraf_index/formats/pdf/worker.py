"""The process that reads PDFs: a PDF comes in, its text and what is known of it go out as JSON.

It ends when the process that started it ends: then its standard input is closed.
"""

import contextlib
import json
import os
import queue
import signal
import struct
import sys
import threading
from typing import Any, BinaryIO

from nutgraf_index.formats.pdf.assembly import assemble
from nutgraf_index.formats.pdf.characters import PdfError, open_pdf, read_pages

__all__ = ["IDLE", "LENGTH", "main"]

LENGTH = struct.Struct("<Q")  # before each message
IDLE = 120  # seconds without a file, after which the process ends
_MEMORY = 3 << 30  # bytes of address space beside those of the file
_KEYS = ("Title", "Author", "CreationDate")


def main() -> None:
    """Answer each request on standard input with lines of JSON on standard output.

    A request is the limit of pages and the bytes of a file. The answer is a line `{"pages": N}`
    after each ten pages read, and a last line with the key `text`, `reason`, or
    `not_loaded` if the library cannot be imported.
    """
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process gets it, and decides
    _limit_memory()
    requests: queue.Queue[tuple[int, bytes]] = queue.Queue()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Nothing that the C library may print is taken for an answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    threading.Thread(target=_receive, args=(sys.stdin.buffer, requests), daemon=True).start()
    while True:
        try:
            max_pages, data = requests.get(timeout=IDLE)
        except queue.Empty:
            os._exit(0)
        answer = _answer(data, max_pages, out)
        del data
        _send(out, answer)


def _receive(stream: BinaryIO, requests: "queue.Queue[tuple[int, bytes]]") -> None:
    """Pass the requests on; end the process at the end of the stream, whatever it does then."""
    while True:
        head = stream.read(2 * LENGTH.size)
        if len(head) < 2 * LENGTH.size:
            os._exit(0)
        (max_pages,), (size,) = LENGTH.unpack(head[:8]), LENGTH.unpack(head[8:])
        data = stream.read(size)
        if len(data) < size:
            os._exit(0)
        requests.put((max_pages, data))


def _send(out: BinaryIO, answer: dict[str, Any]) -> None:
    try:
        out.write(json.dumps(answer).encode() + b"\n")
        out.flush()
    except OSError:
        os._exit(0)


def _answer(data: bytes, max_pages: int, out: BinaryIO) -> dict[str, Any]:
    """Return the answer to a request."""
    try:
        return _read(data, max_pages, out)
    except PdfError as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": "a PDF that takes more memory than may be used"}
    except ImportError as error:
        return {"not_loaded": str(error)}
    except Exception as error:  # a PDF that is made to confuse costs one file, not the run
        return {"reason": f"a PDF that cannot be read ({type(error).__name__})"}


def _read(data: bytes, max_pages: int, out: BinaryIO) -> dict[str, Any]:
    document = open_pdf(data)
    count = len(document)
    if count > max_pages:
        limit = f"{max_pages:,} allowed (--max-pages)"
        return {"reason": f"more pages than the limit: {count:,} pages, {limit}", "again": True}
    pages = []
    for page in read_pages(document):
        pages.append(page)
        if page.number % 10 == 0:
            _send(out, {"pages": page.number})
    empty = [page for page in pages if not (page.words or page.turned)]
    if len(empty) == count:
        scanned = sum(bool(page.pictures) for page in pages)
        noun = "page" if scanned == 1 else "pages"
        if scanned:
            return {
                "reason": f"no text layer: {scanned:,} scanned {noun}; a program for OCR, such as "
                "ocrmypdf, adds one"
            }
        return {"reason": "no text in it"}
    information = {key: document.get_metadata_value(key) for key in _KEYS}
    document.close()
    result = assemble(pages)
    return {
        "text": result.text,
        "marks": [[*mark] for mark in result.marks],
        "anchors": [[*anchor] for anchor in result.anchors],
        "information": information,
        "count": count,
        "scanned": [page.number for page in empty if page.pictures],
    }


def _limit_memory() -> None:
    """Limit the memory of this process, where the platform can."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
