"""A format for the tests: notes between lines of %%, each with its title in its first line."""

from collections.abc import Iterator

from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.model import Article


def read(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article | Fault]:
    text, encoding = decode(data, options.encoding)
    line = 1
    for number, note in enumerate(text.split("%%\n"), start=1):
        title, _, body = note.partition("\n")
        if not body:
            yield Fault("a note of one line", line)
        else:
            yield Article(
                id=str(number),
                path=path,
                line=line,
                title=title,
                text=body,
                encoding=encoding,
            )
        line += note.count("\n") + 1
