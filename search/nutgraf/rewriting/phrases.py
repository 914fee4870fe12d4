"""Replacing phrases that stand in no passage by their words, and signs that no passage has.

A quotation that is not word for word, and a hyphenated word that nobody else writes, would count
for nothing beside other words, and find nothing where they are required. So would C++ or 50% if no
passage has the word with its sign.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from nutgraf.query.leaves import has_grams, operands_in, with_signs, without_signs, words_of
from nutgraf.query.lexer import Diagnostic
from nutgraf.query.parser import Query
from nutgraf.query.tree import (
    Boost,
    Group,
    Leaf,
    MultiTerm,
    Near,
    Node,
    Pattern,
    Signed,
    Words,
    as_group,
)
from nutgraf_index.analysis.analyzer import Analyzer

__all__ = ["AbsentPhrases"]

# Also a time, and a field that does not exist.
_ADDRESS = r"(?i)\S*[@:]\S*|www\.\S+|\w[\w-]*(?:\.[\w-]+)+/\S*"
_LONGEST_SHOWN = 60  # characters of a phrase in a message


class AbsentPhrases:
    """Replaces phrases that find nothing by their words; `diagnostics` names these phrases.

    Phrases are words in quotes, also with `~`, and words with a sign inside, such as `AT&T` and
    `abdul-mah*`. Words as written, parts of NEAR and ADJ, filters, excluded nodes, and single words
    with `@` or a colon are left as they are. So is a phrase whose words find nothing either, except
    stop words.

    A word with a sign is searched with the sign if that finds a passage, else without it; both are
    told. In quotes, as a tag or handle, and excluded it needs its sign.

    Args:
        query: the query, for the phrases as typed
        finds: returns whether a node finds a passage, with the filters and paths of the search
        required: whether words side by side are required
        restricted: whether filters or paths restrict the passages that are searched
    """

    def __init__(
        self,
        query: Query,
        finds: Callable[[Node], bool],
        analyzer: Analyzer,
        *,
        required: bool,
        restricted: bool,
    ) -> None:
        self._query = query
        self._finds = finds
        self._analyzer = analyzer
        self._required = required
        self._where = " that the filters and paths allow" if restricted else ""
        self._words: dict[Node, tuple[Node, ...]] = {}
        self.diagnostics: list[Diagnostic] = []

    def replaced(self, tree: Node) -> Node:
        """Return a tree with the words of absent phrases in the places of the phrases.

        The words of a required phrase are required. The words of any other phrase stand side by
        side.
        """
        replaced = self._node(as_group(tree))
        self.diagnostics.sort(key=lambda diagnostic: diagnostic.start)
        return replaced if self.diagnostics else tree

    def _node(self, node: Node) -> Node:
        if isinstance(node, Boost):
            return Boost(self._node(node.node), node.factor)
        if isinstance(node, Near) and not node.quoted:
            return node.replaced(parts=tuple(tuple(map(self._part, part)) for part in node.parts))
        if not isinstance(node, Group):
            return node
        must: list[Node] = []
        should: list[Node] = []
        for part in node.must:
            must += self._instead(part) or [self._node(part)]
        alone = len(node.should) == 1 and not node.must
        for part in node.should:
            words = self._instead(part)
            if not words:
                should.append(self._node(part))
            elif not self._required:
                should += words
            elif alone:
                must += words
            elif len(words) == 1:
                should += words
            else:
                should.append(Group(must=tuple(dict.fromkeys(words))))
        distinct = tuple(dict.fromkeys(must))
        if len(distinct) == 1 and not should:
            # As the parser does: a single required node is optional.
            distinct, should = (), [*distinct]
        group = node.replaced(must=distinct, should=tuple(should))
        return should[0] if len(should) == 1 and group.is_choice else group

    def _instead(self, node: Node) -> Sequence[Node]:
        """Return the words that stand for an absent phrase; nothing for any other node."""
        if isinstance(node, Boost):
            return [
                word if self._is_stop_word(word) else Boost(word, node.factor)
                for word in self._instead(node.node)
            ]
        span = self._query.spans.get(node)
        if span is None:
            return ()
        words = self._words.get(node)
        if words is None:
            words = self._words[node] = self._words_instead(node)
            if isinstance(node, Signed) and not node.needs_signs:
                self._report_sign(node, *span)
            elif words:
                self._report(*span)
        return words

    def _part(self, leaf: Leaf) -> Leaf:
        """Return a part of a NEAR node, without a sign that no passage has."""
        if not isinstance(leaf, Signed) or leaf.needs_signs:
            return leaf
        span = self._query.spans.get(leaf)
        if span is not None and leaf not in self._words and not self._finds(leaf):
            # The words of `C++/C#` stay in a row here.
            self._words[leaf] = (without_signs(leaf, self._analyzer),)
            self._report_sign(leaf, *span)
        return without_signs(leaf, self._analyzer) if self._instead(leaf) else leaf

    def _report_sign(self, word: Signed, start: int, end: int) -> None:
        """Report whether a word is searched with its sign."""
        plain = without_signs(word, self._analyzer).text
        if words := self._words[word]:
            # The words of `C++/C#` with their signs, if there are any.
            used = words if any(isinstance(one, Signed) for one in words) else (plain,)
            message = (
                f"No passage{self._where} has {word.text} as written; "
                f"searched for {' '.join(map(str, used))}."
            )
            self.diagnostics.append(Diagnostic("no-sign", message, start, end))
        else:
            message = f"{word.text} is searched with its sign; without it, write {plain}."
            self.diagnostics.append(Diagnostic("with-sign", message, start, end, plain))

    def _report(self, start: int, end: int) -> None:
        typed = self._query.text[start:end]
        shown = typed if len(typed) <= _LONGEST_SHOWN else f"{typed[:_LONGEST_SHOWN]}…"
        message = f"{shown} stands in no passage{self._where}; its words are searched."
        self.diagnostics.append(Diagnostic("no-phrase", message, start, end))

    def _words_instead(self, phrase: Node) -> tuple[Node, ...]:
        """Return the words of a phrase that finds nothing, if they find a passage; else ()."""
        if isinstance(phrase, Signed) and not phrase.needs_signs:
            if self._finds(phrase):
                return ()
            parts = self._signed_parts(phrase)
            if any(isinstance(part, Signed) for part in parts):
                return parts
            plain = without_signs(phrase, self._analyzer)
            return self._words_instead(plain) or (plain,)
        is_address = isinstance(phrase, Words) and re.fullmatch(_ADDRESS, phrase.text)
        # Nearly all phrases stand somewhere, and are not read word by word.
        if is_address or self._finds(phrase):
            return ()
        words = self._words_of(phrase)
        if len(words) < 2 or all(map(self._is_stop_word, words)):
            return ()
        parts = tuple(part for word in words for part in self._words_instead(word) or (word,))
        found = any(self._finds(part) for part in parts if not self._is_stop_word(part))
        return parts if found else ()

    def _signed_parts(self, phrase: Signed) -> tuple[Node, ...]:
        """Return the words of a text such as `C++/C#`, each with its sign if a passage has it."""
        parts: list[Node] = []
        texts = with_signs(phrase, self._analyzer)
        for text in texts if len(texts) > 1 else ():
            part = words_of(text, self._analyzer)
            if isinstance(part, Signed) and not self._finds(part):
                part = without_signs(part, self._analyzer)
            if part is not None:
                parts.append(part)
        return tuple(parts)

    def _words_of(self, phrase: Node) -> list[Node]:
        """Return the words of a phrase, or of a word with signs inside; [] for other nodes."""
        if isinstance(phrase, Near) and phrase.quoted:
            return [word for part in phrase.parts for word in part]
        if isinstance(phrase, MultiTerm):
            return [self._part_of(phrase, word) for word in phrase.words]
        if not isinstance(phrase, Words | Signed):
            return []
        if isinstance(phrase, Signed) and " " not in phrase.text:
            return []  # a tag of several words, or a word in quotes
        chunks = phrase.text.split(" ")
        if has_grams(phrase.text, self._analyzer):
            chunks = [
                chunk[start:end]
                for chunk in chunks
                for start, end in operands_in(chunk, self._analyzer)
            ]
        elif len(chunks) == 1:
            chunks = self._chunks_of(phrase.text)
        chunks = self._with_units(chunks)
        plain = partial(words_of, analyzer=self._analyzer)
        words = [word for chunk in chunks if (word := plain(chunk)) is not None]
        # A word such as AND in capitals is plain in lower case.
        return [
            plain(word.text.lower()) or word if word.quoted and word.text.isalnum() else word
            for word in words
        ]

    def _chunks_of(self, text: str) -> list[str]:
        """Return the words of a text without blanks as written; a number keeps its unit."""
        spans: list[tuple[int, int]] = []
        for token in self._analyzer.tokens(text):
            start, end = token.start, token.end
            last = spans[-1][1] if spans else -1
            # Two words can be one character: ½ is 1 and 2.
            if start < last or (
                start == last and (text[start - 1].isdigit() or text[start].isdigit())
            ):
                start = spans.pop()[0]
            spans.append((start, end))
        return [text[start:end] for start, end in spans]

    def _with_units(self, chunks: Sequence[str]) -> list[str]:
        """Return the words of a phrase; a number and the unit after it become one, as in 5km."""
        joined: list[str] = []
        for chunk in chunks:
            before = joined[-1] if joined else ""
            if before[-1:].isdigit() and chunk.isalpha():
                # As one word they are two tokens: "1.5 km" is, "5 otters" is not.
                words = self._analyzer.words(f"{_digits(before)}{chunk}")
                if words == self._analyzer.words(f"{_digits(before)} {chunk}"):
                    joined[-1] = f"{before}{chunk}"
                    continue
            joined.append(chunk)
        return joined

    def _part_of(self, leaf: MultiTerm, word: str) -> Node:
        """Return a word of a pattern or fuzzy leaf as a leaf; a word without wildcards is plain."""
        if isinstance(leaf, Pattern) and not set("*?") & set(word):
            return words_of(word, self._analyzer) or leaf
        return leaf.replaced(text=word)

    def _is_stop_word(self, node: Node) -> bool:
        return isinstance(node, Words) and self._analyzer.asked(node.text).is_stop_word


def _digits(number: str) -> str:
    """Return the digits at the end of a number. After a decimal sign, any word is apart."""
    return re.split(r"\D", number)[-1]
