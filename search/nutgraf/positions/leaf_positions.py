"""Documents of one segment that a leaf or a NEAR node matches."""

from collections.abc import Iterable, Sequence

from nutgraf.positions.as_written import as_written
from nutgraf.positions.occurrences import (
    Choice,
    Occurrences,
    choice_of_prefix,
    choice_of_term,
    choice_of_words,
    documents_of,
    phrase,
)
from nutgraf.positions.term_expansion import TermExpander
from nutgraf.query.tree import Fuzzy, Leaf, MultiTerm, Near, Signed, Words, Written
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import Numbers, uints
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["LeafPositions"]


class LeafPositions:
    """Finds the documents of a field of a segment that leaves and NEAR nodes match.

    The documents of "text" are passages; the documents of "title" are articles. `analyzer` is that
    of the segment.
    """

    def __init__(self, reader: SegmentReader, analyzer: Analyzer) -> None:
        self._reader = reader
        self._analyzer = analyzer
        self._dictionaries: dict[str, TermExpander] = {}
        self._cached_doc_ids: Cache[tuple[str, Leaf | Near], Numbers] = Cache(64)

    def dictionary(self, field: str) -> TermExpander:
        """Return the expander for the dictionary of the words of a field."""
        if field not in self._dictionaries:
            self._dictionaries[field] = TermExpander(self._reader.field(field).words)
        return self._dictionaries[field]

    def phrase(self, field: str, terms: Sequence[int], distances: Sequence[int]) -> Numbers:
        """Return the documents of a field where terms, by their numbers, stand at distances."""
        return phrase(self._reader.field(field), terms, distances)

    def doc_ids(self, field: str, node: Leaf | Near, among: Numbers | None = None) -> Numbers:
        """Return the documents of a field that a node matches, ascending.

        Those that are not in `among`, ascending doc ids, may be left out; None for all.
        """
        if among is not None:
            return self._matching(field, node, among)
        doc_ids = self._cached_doc_ids.get((field, node))
        if doc_ids is None:
            doc_ids = self._cached_doc_ids.put((field, node), self._matching(field, node))
        return doc_ids

    def _matching(self, field: str, node: Leaf | Near, among: Numbers | None = None) -> Numbers:
        if isinstance(node, Near):
            return self._near(field, node.parts, node.slop, ordered=node.ordered)
        if isinstance(node, Words) and not self._is_short(node):
            row = self._analyzer.row(node.text)
            distances = [look.distance for look in row]
            numbers = [self._number(field, look.term) for look in row]
            return phrase(self._reader.field(field), numbers, distances, among)
        if isinstance(node, Written):
            return self._written(field, node)
        if len(choices := self._choices(field, node)) == 1:
            return documents_of(self._reader.field(field), choices).numbers()
        return self._near(field, ((node,),), 0, ordered=True)

    def words(self, field: str, leaf: MultiTerm) -> list[Numbers]:
        """Return, for each word of a leaf, the numbers of the words of the field that match it."""
        dictionary = self.dictionary(field)
        if isinstance(leaf, Fuzzy):
            return [dictionary.within(word, leaf.edits) for word in leaf.words]
        return [dictionary.like(word) for word in leaf.words]

    def _near(
        self, field: str, parts: Sequence[Sequence[Leaf]], slop: int, *, ordered: bool
    ) -> Numbers:
        """Return the documents where the parts of a NEAR node stand near each other."""
        leaves = list(dict.fromkeys(leaf for part in parts for leaf in part))
        occurrences = Occurrences(
            self._reader.field(field),
            [self._choices(field, leaf) for leaf in leaves],
            [self._layout(leaf) for leaf in leaves],
            [[leaves.index(leaf) for leaf in part] for part in parts],
        )
        for number, leaf in enumerate(leaves):
            if isinstance(leaf, Written):
                self._keep_as_written(field, occurrences, number, leaf)
        return occurrences.near(slop, ordered=ordered)

    def _written(self, field: str, leaf: Written) -> Numbers:
        """Return the documents where a leaf that the text decides stands."""
        postings, choices = self._reader.field(field), self._choices(field, leaf)
        if len(choices) == 1:
            doc_ids = documents_of(postings, choices).numbers()
        else:
            layouts = [self._layout(leaf)]
            doc_ids = Occurrences(postings, [choices], layouts, [[0]]).near(0, ordered=True)
        written = as_written(leaf, self._analyzer)
        texts: Iterable[tuple[int, str]]
        if field == "text":
            texts = self._reader.possible_texts(doc_ids, written.may_be_in)
        else:
            texts = zip(doc_ids, self._reader.texts_of(field, doc_ids), strict=True)
        return uints([doc_id for doc_id, text in texts if written.stands_in(text)])

    def _choices(self, field: str, leaf: Leaf) -> list[Choice]:
        """Return, for each word of a leaf, the choice of the words that match it."""
        postings = self._reader.field(field)
        if isinstance(leaf, MultiTerm):
            return [choice_of_words(postings, words) for words in self.words(field, leaf)]
        choices = []
        for look in self._analyzer.row(leaf.text):
            if look.begins:
                choices.append(choice_of_prefix(postings, look.word.encode()))
            elif isinstance(leaf, Words | Signed):
                choices.append(choice_of_term(postings, self._number(field, look.term)))
            else:
                words = self.dictionary(field).find(look.word)
                choices.append(choice_of_words(postings, words))
        return choices

    def _layout(self, leaf: Leaf) -> list[int]:
        """Return the position in a leaf of each of its choices, and the positions it covers."""
        if isinstance(leaf, MultiTerm):
            return [*range(len(leaf.words) + 1)]
        distances = [look.distance for look in self._analyzer.row(leaf.text)]
        return [*distances, self._analyzer.span(leaf.text)]

    def _is_short(self, leaf: Words) -> bool:
        """Whether a leaf has a run without spaces that is shorter than a gram."""
        return not leaf.text.isascii() and any(
            look.begins for look in self._analyzer.row(leaf.text)
        )

    def _number(self, field: str, term: str) -> int:
        """Return the number of a term, -1 for a term that the field does not have."""
        return self._reader.field(field).terms.find(term.encode())

    def _keep_as_written(
        self, field: str, occurrences: Occurrences, number: int, leaf: Written
    ) -> None:
        """Keep only the occurrences of a leaf that the stored text spells like the leaf."""
        written = as_written(leaf, self._analyzer)
        texts = self._reader.texts_of(field, occurrences.docs_with(number))
        occurrences.keep(number, lambda starts: written.among(next(texts), starts))
