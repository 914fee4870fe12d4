"""Words of a query that ask for the newest articles, which a search takes as any other words.

The archive tells them from names and fixed expressions: in *fox news* the word is part of a name
where many passages with *fox* have *fox news*.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions
from nutgraf.query.lexer import Diagnostic, Diagnostics, Lexeme, is_operator, scan
from nutgraf.query.parser import Query
from nutgraf.rewriting.learnt.usage import phrase_passages
from nutgraf_index.analysis.folding import fold

__all__ = ["newest_diagnostics", "without_newest"]

_MOST_WORDS = 8  # of a query; longer ones are passages of text
_LONGEST = 3  # words of a relative date, as in "last 7 days"
_FEWEST = 2  # passages with a fixed expression
_FIXED = 0.1  # the least share of passages with a word that have it in a fixed expression
_EDGES = "\"'“”‘’().,;:?!"
_POSSESSIVE = ("'s", "’s")


def newest_diagnostics(
    query: Query, postings: SnapshotPostings, options: SearchOptions
) -> Iterator[Diagnostic]:
    """Yield a diagnostic if words of a query ask for the newest articles.

    There is none if the order is by date or by recency already, or if no article has a date.
    """
    if options.sort != "score" or options.recent is not None:
        return
    runs = _runs(query.text, postings)
    if not runs:
        return
    from nutgraf.query.date_ranges import is_relative  # few queries name a day

    words = [" ".join(map(_bare, run)) for run in runs]
    are = "is" if len(runs) == 1 else "are"
    as_words = "as a word" if sum(map(len, runs)) == 1 else "as words"
    message = (
        f"{' and '.join(words)} {are} searched {as_words}; --sort -date puts the newest articles "
        "first"
    )
    dates = [word for word in words if is_relative(word)]
    suggestion = ""
    if dates:
        suggestion = f'date:"{dates[0]}"' if " " in dates[0] else f"date:{dates[0]}"
        message += f", and {suggestion} finds only those of that time"
    yield Diagnostic("newest", f"{message}.", runs[0][0].start, runs[-1][-1].end, suggestion)


def without_newest(query: Query, postings: SnapshotPostings, options: SearchOptions) -> str:
    """Return the text of a query without the words that ask for the newest articles.

    Return an empty text without such words, and the whole text if no other word is left.
    """
    if not any(newest_diagnostics(query, postings, options)):
        return ""
    text, end, kept = query.text, 0, []
    for run in _runs(text, postings):
        kept.append(text[end : run[0].start])
        end = run[-1].end
    rest = " ".join("".join([*kept, text[end:]]).split())
    return rest if any(map(str.isalnum, rest)) else text


def _runs(text: str, postings: SnapshotPostings) -> list[list[Lexeme]]:
    """Return the runs of words that ask for the newest articles, each a list of tokens."""
    analyzer = postings.analyzer
    newest = analyzer.language.newest_words
    first, folded = _first_words(newest), fold(text)
    if not any(map(folded.__contains__, first)) or len(text.split()) > _MOST_WORDS:
        return []
    if first.isdisjoint(map(_stripped, folded.split())) or not postings.snapshot.first_day:
        return []
    tokens = scan(text, Diagnostics(text, "any", analyzer))
    runs: list[tuple[int, int]] = []
    start = 0
    while start < len(tokens):
        end = start + _length_at(tokens, start, newest)
        if end > start and not _is_syntax(tokens, start, end):
            runs.append((start, end))
        start = max(end, start + 1)
    taken = {index for start, end in runs for index in range(start, end)}
    return [
        tokens[start:end]
        for start, end in runs
        if not _is_name(tokens, start) and not _is_fixed(tokens, start, end, taken, postings)
    ]


@cache
def _first_words(newest: frozenset[str]) -> frozenset[str]:
    """Return the first words of what asks for the newest articles, relative dates included."""
    return frozenset((*(words.split()[0] for words in newest), "this", "last", "past"))


def _length_at(tokens: Sequence[Lexeme], start: int, newest: frozenset[str]) -> int:
    """Return the number of words from an index on that ask for the newest articles, or 0."""
    from nutgraf.query.date_ranges import is_relative

    for length in range(_LONGEST, 0, -1):
        run = tokens[start : start + length]
        if len(run) < length or any(
            token.kind != "word" or token.tilde is not None or token.boost for token in run
        ):
            continue
        words = " ".join(map(_bare, run))
        if is_relative(words) or fold(words) in newest:
            return length
    return 0


def _is_syntax(tokens: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether an operator or a sign says what is to be done with words."""
    before, after = tokens[:start][-1:], tokens[end : end + 1]
    return any(token.kind == "sign" or is_operator(token) for token in before) or any(
        map(is_operator, after)
    )


def _is_name(tokens: Sequence[Lexeme], start: int) -> bool:
    """Whether a word has a capital that neither begins the query nor is one of all its letters."""
    return start > 0 and tokens[start].text[:1].isupper() and not tokens[start].text.isupper()


def _is_fixed(
    tokens: Sequence[Lexeme], start: int, end: int, taken: set[int], postings: SnapshotPostings
) -> bool:
    """Whether words often stand with their neighbour in the query, as in *news conference*."""
    words = " ".join(map(_bare, tokens[start:end]))
    for index in (start - 1, end):
        if not 0 <= index < len(tokens) or index in taken or tokens[index].kind != "word":
            continue
        neighbour = _bare(tokens[index])
        if postings.analyzer.is_stop_word(fold(neighbour)):
            continue
        phrase = f"{neighbour} {words}" if index < start else f"{words} {neighbour}"
        together = _count(phrase, postings)
        if together >= _FEWEST and together >= _FIXED * _count(neighbour, postings):
            return True
    return False


def _count(phrase: str, postings: SnapshotPostings) -> int:
    return sum(len(doc_ids) for _, doc_ids in phrase_passages(phrase, postings))


def _bare(token: Lexeme) -> str:
    return _stripped(token.text)


def _stripped(word: str) -> str:
    """Return a word without the punctuation around it, and without a possessive s."""
    word = word.strip(_EDGES)
    return word[:-2] if word.endswith(_POSSESSIVE) else word
