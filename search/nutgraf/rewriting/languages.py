"""How a query is read: its language, the languages that its filters name, and pasted titles."""

import re
from collections.abc import Iterator

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.titles import titles_like, without_house
from nutgraf.options import SearchOptions
from nutgraf.query.leaves import AND, AND_SIGNS
from nutgraf.query.lexer import EXCLUDES, Diagnostic
from nutgraf.query.parser import Query, parse
from nutgraf.query.tree import Filter, Leaf, Node
from nutgraf_index.analysis.folding import fold
from nutgraf_index.analysis.languages.registry import (
    LANGUAGES,
    UNDETERMINED,
    code_of,
    nearest_code,
)
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["absent_languages", "read_query"]

# What would exclude a word of a title that is pasted as a query, and what stands before a house.
_NOT = r"\bNOT\b"
_SIGN = rf"(?<!\S)[-+{EXCLUDES}]+(?=\w)"
_OF_WORDS = ("title", "heading")  # filters whose values are in a language, unlike names
_MAY_BE_PASTED = rf"{_NOT}|{_SIGN}|\s(?:[|»·•–—]|::|--?)\s"


def read_query(
    text: str, postings: SnapshotPostings, options: SearchOptions
) -> tuple[SnapshotPostings, Query]:
    """Return a parsed query, and the postings to search with the stop words of its language.

    The language is that of the options, else that of a `language:` filter, else the language of the
    index that the words and letters of the query tell, else the most frequent one of the index.

    A query that is a title as it is printed is read as words.
    """
    pasted = _pasted_title(text, postings)
    asked, query = _read(text if pasted is None else pasted, postings, options)
    if pasted is not None:
        words = " ".join(pasted.split())
        message = f"The query is the title of an article; it is searched as the words {words}."
        rest = (one for one in query.diagnostics if one.kind != "lower-case")  # of the `not`
        query.diagnostics = (Diagnostic("title", message, 0, len(text)), *rest)
    return asked, query


def _pasted_title(text: str, postings: SnapshotPostings) -> str | None:
    """Return the words of a query that is a title, if another reading would not find the article.

    That is the case for a NOT or a sign before a word in the title, as it is printed, and for the
    name of the house behind a title. The words stand where they stand in the query.
    """
    typed = text.replace('"', " ").split()
    are_plain = "NOT" not in typed and "".join(typed).isalnum()
    if are_plain or not re.search(_MAY_BE_PASTED, text):
        return None
    printed, spoken = set(), set()  # without operators, and without the name of the house alone
    for segment in postings.segments:
        language = segment.reader.language
        for title in titles_like(segment, text):
            words = without_house(text, language)
            if words.split() == without_house(title, language).split():
                words = re.sub(_NOT, "not", words)
                words = re.sub(_SIGN, lambda match: " " * len(match[0]), words)
                printed.add(words)
            else:
                spoken.add(words)
    words = min(printed or spoken, default=text)
    return None if words == text else words


def _read(
    text: str, postings: SnapshotPostings, options: SearchOptions
) -> tuple[SnapshotPostings, Query]:
    languages = postings.snapshot.languages
    if options.language is None and len(languages) == 1:
        return postings, parse(text, require=options.require, analyzer=postings.analyzer)
    query = parse(text, require=options.require, analyzer=postings.analyzer)
    if options.language:
        code, is_preferred = code_of(options.language), False
    else:
        from nutgraf_index.analysis.languages.detection import language_of_query

        words = _words_of(query)
        code = language_of_query(words, languages)
        # Without evidence, the most frequent language is taken, which is the first.
        is_preferred = language_of_query(words, languages[::-1]) == code
    asked = postings.asked_in(code, is_preferred=is_preferred)
    if asked.analyzer is not postings.analyzer:
        query = parse(text, require=options.require, analyzer=asked.analyzer)
    if options.language is None and query.tree is not None:
        named = {code_of(node.value) for node in _language_filters(query.tree)}
        if len(named) == 1 and not named <= {code, UNDETERMINED}:
            asked = postings.asked_in(named.pop())
            query = parse(text, require=options.require, analyzer=asked.analyzer)
    return asked, query


def _words_of(query: Query) -> str:
    """Return the words of a query without operators, which are English, and without names.

    A sign that is the word "and" tells nothing. Nor does a word that differs by its accents alone
    from one before it: `learnt/accents` added it, if the query as understood is typed.
    """
    nodes = () if query.tree is None else query.tree.walk(excluded=True)
    of_sign = AND if any(sign in query.text for sign in AND_SIGNS) else ""
    texts = (
        node.text
        if isinstance(node, Leaf)
        else node.value
        if isinstance(node, Filter) and node.field in _OF_WORDS
        else ""
        for node in nodes
    )
    words: dict[str, str] = {}
    for text in texts:
        if text != of_sign:
            words.setdefault(fold(text), text)
    return " ".join(words.values())


def absent_languages(query: Query, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each `language:` filter whose language no article is in."""
    filters = () if query.tree is None else [*_language_filters(query.tree)]
    if not filters:
        return
    from nutgraf.query.language_tags import is_in  # few queries name a language

    tags = dict.fromkeys(
        reader.decode(tag) for reader in snapshot.readers for tag in reader.field("language").terms
    )
    for node in filters:
        if not any(is_in(tag, node.value) for tag in tags):
            known = dict.fromkeys(map(_described, tags))
            languages = (
                f"the languages here are {', '.join(known)}" if known else "the index is empty"
            )
            start = max(query.text.find(node.value), 0)
            message = f"No article is in {_described(node.value)}: {languages}."
            near = "" if code_of(node.value) != UNDETERMINED else nearest_code(node.value)
            suggestion = f"language:{near}" if near else ""
            yield Diagnostic("no-language", message, start, start + len(node.value), suggestion)


def _described(tag: str) -> str:
    """Return the tag of a language with its name, if that is known."""
    from nutgraf.query.language_tags import tag_of

    code = code_of(tag)
    return tag if code == UNDETERMINED else f"{tag_of(tag)} ({LANGUAGES[code].name})"


def _language_filters(tree: Node) -> Iterator[Filter]:
    return (node for node in tree.conditions() if node.field == "language")
