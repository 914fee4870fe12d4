"""Articles to a segment: split, analyse, invert by sorting, write.

The lists of a field are made at once: its tokens, which stand in the order of units and positions,
are sorted by their terms, stably, and cut where the term or the unit changes.
"""

from dataclasses import dataclass, field

import numpy as np

from nutgraf_index.inversion import InvertedWriter, position_kind
from nutgraf_index.levels import FIELDS, Level
from nutgraf_index.model import Article
from nutgraf_index.names import printable
from nutgraf_index.packed import PackedWriter
from nutgraf_index.passages import complete, split
from nutgraf_index.records import (
    ArticleRecord,
    FileRecord,
    dump_article,
    dump_file,
    dump_passage,
    file_key,
    opening,
)
from nutgraf_index.segment import Array, SegmentWriter, Written, kind_of, narrow
from nutgraf_index.tokens import GAP, Tokenizer

__all__ = ["PASSAGE_BLOCK", "RECORD_BLOCK", "Batch", "length_facts", "stable_order", "write_batch"]

PASSAGE_BLOCK = 1 << 11  # bytes of stored text unpacked to read one passage, at most,
RECORD_BLOCK = 1 << 10  # and of what is known of articles to read of one


@dataclass
class Batch:
    """What goes into one segment: articles with their root and digest, and files."""

    articles: list[tuple[Article, str, str]] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)


def write_batch(batch: Batch, tokenizer: Tokenizer, out: SegmentWriter) -> Written:
    """Write a batch as a segment and return what was written. The same batch gives the same bytes.

    Raises `ArticleError` for metadata that cannot be kept.
    """
    stored = PackedWriter(PASSAGE_BLOCK, learning=True)
    records = PackedWriter(RECORD_BLOCK, fixed=True)
    texts: list[str] = []
    roles: list[str] = []
    headings: list[str] = []
    section_first: list[int] = []
    article_first: list[int] = [0]
    openings: list[int] = []
    told: list[tuple[Article, str]] = []
    for article, root, digest in batch.articles:
        passages = split(article)
        known = complete(article, passages)
        heading = None
        for passage in passages:
            if passage.heading != heading:
                heading = passage.heading
                section_first.append(len(texts))
                headings.append(heading)
            texts.append(passage.text)
            roles.append(passage.role.value)
            stored.append(dump_passage(passage))
        records.append(dump_article(ArticleRecord(known, root, digest, len(passages))))
        article_first.append(len(texts))
        openings.append(opening(known, passages))
        told.append((known, root))
    _write_records("passages", stored, out)
    _write_records("articles", records, out)
    out.add("article.first", np.array(article_first, "<u4"))
    out.add("article.opening", np.array(openings, "<u4"))
    out.add("article.day", np.array([_day(article.date) for article, _ in told], "<u4"))
    out.add("section.first", np.array([*section_first, len(texts)], "<u4"))
    spoken, files = (PackedWriter(RECORD_BLOCK, fixed=True) for _ in range(2))
    for text in headings:
        spoken.append(text.encode("utf-8", "surrogatepass"))
    for record in batch.files:
        files.append(dump_file(record))
    _write_records("headings", spoken, out)
    _write_records("files", files, out)
    values = {
        "text": texts,
        "heading": headings,
        "title": [article.title for article, _ in told],
        "by": [f" {GAP} ".join(article.authors) for article, _ in told],
        "place": [article.place for article, _ in told],
        "source": [article.source for article, _ in told],
        "role": roles,
        "article": [article.id for article, _ in told],
        "date": [article.date for article, _ in told],
        "path": [printable(article.path) for article, _ in told],
        "root": [root for _, root in told],
        "file": [file_key(record.root, record.path) for record in batch.files],
    }
    facts: dict[str, int] = {}
    with tokenizer.alone():
        for name, told_of in FIELDS.items():
            if told_of.analysed:
                facts |= _write_field(name, values[name], tokenizer, out)
            else:
                _write_values(name, values[name], out)
    counts = (len(texts), len(headings), len(told), len(batch.files))
    return out.finish(facts | {level.value: n for level, n in zip(Level, counts, strict=True)})


def _day(date: str) -> int:
    """Return a date's first day as a number that sorts as the days do; 0 for none."""
    return int((date + "-01-01"[len(date) - 4 :]).replace("-", "")) if date else 0


def _write_records(name: str, records: PackedWriter, out: SegmentWriter) -> None:
    records.write(name, out)
    out.add(f"{name}.at", narrow(np.array(records.ends)))


def _write_field(
    name: str, texts: list[str], tokenizer: Tokenizer, out: SegmentWriter
) -> dict[str, int]:
    """Analyse and invert a field and write it; `texts` has one for each unit.

    Returns how many words it has, and units with any.
    """
    tokens, lengths = tokenizer.tokens(texts)
    units = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    positions = narrow(np.arange(len(tokens)) - np.repeat(np.cumsum(lengths) - lengths, lengths))
    real = tokens != 0  # 0 is the gap
    if not real.all():
        tokens, units, positions = tokens[real], units[real], positions[real]
        lengths = np.bincount(units, minlength=len(texts))
    present = np.flatnonzero(np.bincount(tokens, minlength=len(tokenizer.words)))
    spelled = [
        (stem.encode("utf-8", "surrogatepass"), word.encode("utf-8", "surrogatepass"), number)
        for number, (word, stem) in ((n, tokenizer.words[n]) for n in present.tolist())
    ]
    spelled.sort()
    terms: list[bytes] = []
    term_of = np.zeros(len(tokenizer.words), np.int32)
    form_of = np.zeros(len(tokenizer.words), np.int32)
    form = 0
    for stem, _, number in spelled:
        form += 1
        if not terms or terms[-1] != stem:
            terms.append(stem)
            form = 0
        term_of[number], form_of[number] = len(terms) - 1, form
    numbers = term_of[tokens]
    order = stable_order(numbers, len(terms))
    numbers, units = numbers[order], units[order]
    starts = np.ones(len(numbers), bool)
    starts[1:] = (numbers[1:] != numbers[:-1]) | (units[1:] != units[:-1])
    at = np.flatnonzero(starts)
    frequencies = narrow(np.diff(at, append=len(numbers)))
    positions = positions[order]
    forms = narrow(form_of)[tokens][order]
    del order, starts, tokens
    lengths = narrow(lengths)
    kinds = (kind_of(frequencies.dtype), position_kind(positions), kind_of(forms.dtype))
    writer = InvertedWriter(len(texts), kinds)
    writer.add(
        np.bincount(numbers[at], minlength=len(terms)),
        lengths,
        units[at],
        frequencies,
        positions,
        forms,
    )
    by_word = sorted((word, int(term_of[number])) for _, word, number in spelled)
    stems = np.array([term for _, term in by_word], "<u4")
    writer.write(name, terms, [word for word, _ in by_word], stems, out)
    out.add(f"{name}.lengths", lengths)
    return length_facts(name, lengths)


def length_facts(name: str, lengths: Array) -> dict[str, int]:
    """Return how many words a field has in all, and units with any."""
    words = int(lengths.sum(dtype=np.int64))
    return {f"{name}.words": words, f"{name}.units": int(np.count_nonzero(lengths))}


def _write_values(name: str, values: list[str], out: SegmentWriter) -> None:
    """Invert a field of single values and write it; an empty one is none."""
    distinct = sorted({value for value in values if value})
    number_of = {value: number for number, value in enumerate(distinct)}
    units = np.array([unit for unit, value in enumerate(values) if value], np.int32)
    numbers = np.array([number_of[value] for value in values if value], np.int32)
    writer = InvertedWriter(len(values), None)
    writer.add(
        np.bincount(numbers, minlength=len(distinct)),
        np.zeros(0, np.int64),
        units[stable_order(numbers, len(distinct))],
    )
    terms = [value.encode("utf-8", "surrogatepass") for value in distinct]
    writer.write(name, terms, [], np.zeros(0), out)


def stable_order(numbers: Array, count: int) -> Array:
    """Return the order that sorts numbers below `count` and keeps equal ones as they stand.

    NumPy sorts numbers of 16 bits by their digits, far faster than longer ones by comparing.
    """
    if count <= 1 << 16:
        return np.argsort(numbers.astype(np.uint16), kind="stable")
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    high = (numbers >> 16).astype(np.uint16)[order]
    return order[np.argsort(high, kind="stable")]
