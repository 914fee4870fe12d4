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
import time
from typing import Any, BinaryIO

from nutgraf_index.formats.pdf.assembly import assemble
from nutgraf_index.formats.pdf.characters import PdfError, open_pdf, read_pages

__all__ = ["IDLE", "LENGTH", "MEMORY_REASON", "OVER_MEMORY", "main"]

LENGTH = struct.Struct("<Q")  # before each message
IDLE = 120  # seconds without a file, after which the process ends
OVER_MEMORY = 77  # the exit status of a process that took more memory than it may
_LOOKS = 0.2  # seconds between two looks at the memory in use
_MEMORY = 3 << 30  # bytes of address space beside those of the file
MEMORY_REASON = "a PDF that takes more memory than may be used"
_KEYS = ("Title", "Author", "CreationDate")


def main() -> None:
    """Answer each request on standard input with lines of JSON on standard output.

    A request is the limit of pages and the bytes of a file. The answer is a line `{"pages": N}`
    after each ten pages read, and a last line with the key `text`, `reason`, or
    `not_loaded` if the library cannot be imported.
    """
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process gets it, and decides
    if sys.platform == "win32":
        _show_no_dialogs()
    if not _limit_memory():
        threading.Thread(target=_watch_memory, daemon=True).start()
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
        return {"reason": MEMORY_REASON}
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


def _limit_memory() -> bool:
    """Limit the memory of this process; return whether the platform does so."""
    try:
        import resource
    except ImportError:
        return False
    try:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):
        return False
    return sys.platform != "darwin"  # which takes the limit, and does not keep it


def _watch_memory(limit: int = _MEMORY, seconds: float = _LOOKS) -> None:
    """End the process as soon as it has taken more than `limit` bytes, where that can be seen."""
    try:
        import resource
    except ImportError:
        return
    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= limit:
        time.sleep(seconds)
    os._exit(OVER_MEMORY)


def _show_no_dialogs() -> None:
    """Let a crash end the process at once: Windows would show a dialog, and wait."""
    import ctypes

    ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)  # type: ignore[attr-defined,unused-ignore]
