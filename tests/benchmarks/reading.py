"""How fast files of slow formats are indexed by one process and by several. See README.md.

It makes a folder of files of each format, from sentences of data/ unless real ones are given.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from made_mail import mailbox, message  # noqa: E402
from made_pdfs import lines, pdf  # noqa: E402
from nutgraf import Index  # noqa: E402
from nutgraf_index.formats.pdf import process  # noqa: E402
from office_files import chapter, docx, epub, odt  # noqa: E402

_PARAGRAPHS = 60  # of a document
_LINES = 45  # of a page
_WIDTH = 90  # characters of a line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200, help="of each format")
    parser.add_argument("--folder", type=Path, action="append", default=[], help="of real files")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, os.cpu_count() or 1])
    parser.add_argument("--repeat", type=int, default=3, help="of which the least times count")
    parser.add_argument("--only", nargs="+", help="some of the formats")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for name, make in MAKERS.items():
            if options.only and name not in options.only:
                continue
            folder = Path(temporary, name)
            folder.mkdir()
            for number, data in zip(range(options.files), make(), strict=False):
                (folder / f"{number:04}.{name}").write_bytes(data)
            _measure(name, folder, options.processes, options.repeat)
            shutil.rmtree(folder)
        for folder in options.folder:
            _measure(folder.name, folder, options.processes, options.repeat)


def _measure(name: str, folder: Path, processes: list[int], repeat: int) -> None:
    """Print how many MB of files are indexed in a second, for each number of processes.

    The second is one by the clock, and one of processor time: of this process with its process for
    PDFs, or of all workers together if that is more for each of them. The machine must be idle for
    the clock to tell anything.
    """
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    megabytes = sum(sizes) / 1e6
    print(f"{name}: {len(sizes)} files, {megabytes:.1f} MB", end="", flush=True)
    for count in processes:
        runs = [_timed(folder, count) for _ in range(repeat)]
        clock, here, workers = (min(times) for times in zip(*runs, strict=True))
        busiest = max(here, workers / max(1, count - 1))
        print(
            f"; {count}: {megabytes / clock:.2f} MB/s by the clock, {megabytes / busiest:.2f} by "
            f"the processor ({here:.1f} s here, {workers:.1f} s in workers)",
            end="",
            flush=True,
        )
    print()


def _timed(folder: Path, processes: int) -> tuple[float, float, float]:
    """Return the seconds of a sync by the clock, and of the processor here and in workers."""
    with (
        tempfile.TemporaryDirectory() as made,
        Index.open(Path(made, "index"), create=True) as index,
    ):
        before, own, started = _of_children(), time.process_time(), time.perf_counter()
        index.sync([folder], processes=processes)
        clock, here = time.perf_counter() - started, time.process_time() - own
        workers = _of_children() - before
        process.close()  # that reads PDFs for this process
        return clock, here + _of_children() - before - workers, workers


def _of_children() -> float:
    """Return the processor time of the processes that this one started and that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _texts() -> Iterator[list[str]]:
    """Yield the paragraphs of one document after the other; no two have the same."""
    text = (TESTS.parent / "data" / "iraq-us-call.txt").read_text("utf-8")
    sentences = [line.strip() for line in text.split("\n") if len(line) > 80]
    number = 0
    while True:
        start = number * _PARAGRAPHS
        yield [
            f"In case {start + at}, {sentences[(start + at) % len(sentences)]}"
            for at in range(_PARAGRAPHS)
        ]
        number += 1


def _docx() -> Iterator[bytes]:
    run = '<w:p><w:r><w:rPr><w:sz w:val="22"/></w:rPr><w:t>{}</w:t></w:r></w:p>'
    for texts in _texts():
        yield docx("".join(run.format(escape(text)) for text in texts))


def _odt() -> Iterator[bytes]:
    for texts in _texts():
        yield odt(
            "".join(f'<text:p text:style-name="P1">{escape(text)}</text:p>' for text in texts)
        )


def _epub() -> Iterator[bytes]:
    for texts in _texts():
        page = chapter("".join(f"<p>{escape(text)}</p>" for text in texts))
        yield epub({f"{number}.xhtml": page for number in range(10)})


def _rtf() -> Iterator[bytes]:
    for texts in _texts():
        signs = ("".join(s if s.isascii() else f"\\u{ord(s)}?" for s in text) for text in texts)
        body = "".join(f"\\pard\\plain\\f0\\fs22 {text}\\par\n" for text in signs)
        yield f"{{\\rtf1\\ansi {body}}}".encode()


def _html() -> Iterator[bytes]:
    menu = "".join(f"<li><a href='/{at}'>Section {at}</a></li>" for at in range(60))
    for number, texts in enumerate(_texts()):
        body = "".join(f"<p>{escape(text)}</p>" for text in texts)
        yield (
            f"<html><head><title>Case {number}</title></head><body><ul>{menu}</ul>"
            f"<article><h1>Case {number}</h1>{body}</article></body></html>"
        ).encode()


def _pdf() -> Iterator[bytes]:
    for texts in _texts():
        text = " ".join(texts).encode("ascii", "ignore").decode()
        rows = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
        starts = range(0, len(rows), _LINES)
        yield pdf([lines(rows[start : start + _LINES]) for start in starts])


def _eml() -> Iterator[bytes]:
    for number, texts in enumerate(_texts()):
        yield message("\n\n".join(texts), own=f"m{number}@varn.example").as_bytes()


def _mbox() -> Iterator[bytes]:
    messages = _eml()
    while True:
        yield mailbox([next(messages) for _ in range(20)])


def _txt() -> Iterator[bytes]:
    for texts in _texts():
        yield "\n\n".join(texts).encode()


MAKERS: dict[str, Callable[[], Iterator[bytes]]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "odt": _odt,
    "epub": _epub,
    "rtf": _rtf,
    "eml": _eml,
    "mbox": _mbox,
    "txt": _txt,
}


if __name__ == "__main__":
    main()
