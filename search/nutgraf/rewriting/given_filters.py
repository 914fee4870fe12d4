"""Adds the filters that are given as options, such as `by=`, to a parsed query."""

import datetime
from collections.abc import Callable, Iterator

from nutgraf.options import SearchOptions
from nutgraf.query.date_ranges import absolute
from nutgraf.query.leaves import words_of
from nutgraf.query.parser import Query
from nutgraf.query.tree import Filter, Group, Node
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.fields import FIELDS, Takes

__all__ = ["with_given_filters"]

_QUOTES = str.maketrans(dict.fromkeys('"“”', " "))


def with_given_filters(
    query: Query,
    options: SearchOptions,
    analyzer: Analyzer,
    clock: Callable[[], datetime.date] = datetime.date.today,
) -> Query:
    """Return a query restricted by the filters of the options, as if they were typed after it.

    `clock` returns today's date, for `after="last week"` and other relative dates.

    >>> from nutgraf.query.parser import parse
    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> options = SearchOptions(by=["Ann Lee", "Ray"], after=2019)
    >>> str(with_given_filters(parse("otter OR lake"), options, analyzer_of("en")))
    'otter lake (by:"Ann Lee" OR by:Ray) date:2019..'
    """
    filters = tuple(_filters(options, analyzer, clock))
    if not filters:
        return query
    # A query of filters alone is not empty.
    diagnostics = tuple(one for one in query.diagnostics if one.kind != "empty")
    tree, needed = _restricted(query.tree, filters), query.needed
    if needed is not None:
        needed = needed.replaced(filters=tuple(dict.fromkeys((*needed.filters, *filters))))
    fields = {*query.fields, *(node.field for one in filters for node in one.conditions())}
    return Query(query.text, tree, diagnostics, query.spans, needed, fields)


def _filters(
    options: SearchOptions, analyzer: Analyzer, clock: Callable[[], datetime.date]
) -> Iterator[Filter | Group]:
    for name, values in options.filters().items():
        nodes = []
        for value in values:
            if name in FIELDS and FIELDS[name].takes is Takes.WORDS:
                words = words_of(value.translate(_QUOTES), analyzer)
                assert words is not None  # the options have checked it
                nodes.append(Filter(name, words.text))
            elif name == "language":
                nodes.append(Filter(name, value))
            else:
                date = f"{value}.." if name == "after" else f"..{value}"
                nodes.append(Filter("date", absolute(date, clock)))
        distinct = tuple(dict.fromkeys(nodes))
        yield distinct[0] if len(distinct) == 1 else Group(should=distinct)


def _restricted(tree: Node | None, filters: tuple[Filter | Group, ...]) -> Node:
    if tree is None:  # a choice of filters alone is the query itself, as where it is parsed
        return filters[0] if [*map(type, filters)] == [Group] else Group(filters=filters)
    if not isinstance(tree, Group):
        return Group(should=(tree,), filters=filters)
    if tree.restricts and (tree.must or tree.should):
        return Group(filters=(tree, *filters))
    return tree.replaced(filters=tuple(dict.fromkeys((*tree.filters, *filters))))
