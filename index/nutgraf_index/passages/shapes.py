"""Finds the passages whose words tell their role, by the table of shapes of a language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from string import capwords

from nutgraf_index.analysis.languages.newsroom import NewsroomWords, Shape
from nutgraf_index.passages.layout.rows import FACES, PICTOGRAPHS, is_picture_sign
from nutgraf_index.passages.traits import (
    SEEN,
    Class,
    Describer,
    Rule,
    Sign,
    Traits,
    likely_table,
    may_be_hint,
    signs_of,
)
from nutgraf_index.properties.authors import AGENCIES, PARTICLES

__all__ = ["Shapes"]

# Nearly all passages are dismissed by their first and last characters.
_LONG_KEY, _SHORT_KEY, _SHORTEST_KEY = 7, 4, 3
_END_KEY = 5
_LONGEST_PHRASE = 64  # characters
_LONGEST_REPEATED = 80
_SEPARATORS = " \n\t\u00a0:;,.-–—)]/|0123456789"  # after words that are shorter than a key
# A passage that begins with a mark may be anything; a quotation mark begins a paragraph.
_MARKS = frozenset("*_ \t([{<!#>|•·∙-–—»@©~=+/\\&►▶…^$%✕×☰←→‹›«■●") | PICTOGRAPHS
_DIGITS = frozenset("0123456789")
_MARKED, _NAMED = int(Class.MARKED), int(Class.NAMED)
# Signs that few passages have: a hint with one of them is looked for in these passages only.
_RARE = "/@©"
_IN_HINTS = ":" + _RARE
_LONGEST_WITH_DIGIT = 60  # characters; a longer passage that begins with a digit has no shape
_EMPHASIS = "*_~` \t"
_BULLETS = "*_~ \t—–-•·∙»>|►▶→■●+"
_PICTURES = re.compile(r"(?:[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]+ ?)+(?=.)")
_GLUED_LINK = re.compile(r"(?<=[^\W\d_])(?=\[[^\]\n]{1,300}\]\()")  # html2text writes them so
_CLOSINGS = ("", ".", ").", ")", ".)", "]", ".]", ":", "*", "_", ".*", "._")
_AFTER_ENDS = " .)]:*_\"'"
_BLOCKS_AT_TOP, _BLOCKS_AT_BOTTOM = 6, 15  # among which sentences about the writer are
_FREE = r"(?=[\W\d_]|\w{0,3} ?[#_=*~-]{2})"  # how the texts of rows without plain words begin
_BRACKETS = {"(": ")", "[": "]"}
_CAPITAL = r"[^\W\d_a-z]"
_PARTICLES = "|".join(sorted(PARTICLES))
_AGENCY = f"(?:{'|'.join(map(re.escape, sorted(AGENCIES, key=len, reverse=True)))})"
_BEGINS_WITH_NAME = re.compile(rf"{_CAPITAL}[\w.'’-]+ (?:(?:{_PARTICLES}) )?{_CAPITAL}")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\](?:\([^)\n]{0,400}\)|\[[^\]\n]{0,60}\])")
_ENTITY = re.compile(r"^(?:&\w{1,8}; ?)+")  # as wire copy has before a line
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_LOWER_WORD = re.compile(r"(?<![\w'@./-])[^\W\d_A-Z][^\W\d_]*(?![\w@/-]|\.\w)")
_TYPOGRAPHY = {"İ": "I", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "\u200b": ""}


def _placeholders(words: NewsroomWords) -> dict[str, str]:
    """Return the expression for each placeholder of the patterns of a language."""
    capital = rf"[^\W\d_{words.small_letters}]"
    name = (
        rf"(?-i:{capital}[\w.'-]*(?: (?:(?:{_PARTICLES}) )?(?:\"[\w. ]{{1,20}}\"|"
        rf"{capital}[\w.'-]*)){{0,4}})"
    )
    joiner = f"(?:{words.joiner})"
    names = rf"{name}(?:(?:, {joiner} |, | {joiner} | & |; |/){name}){{0,9}}"
    full_name = name.replace("{0,4}", "{1,4}")
    return {"{names}": names, "{fullname}": full_name, "{name}": name, "{agency}": _AGENCY}


class _Row:
    """A shape with its compiled pattern, its place in the table and its plain words."""

    def __init__(self, number: int, shape: Shape, placeholders: Mapping[str, str]) -> None:
        self.number = number
        self.shape = shape
        self._placeholders = placeholders
        self.begins = tuple(filter(None, shape.begins.split("|")))
        self.ends = tuple(filter(None, shape.ends.split("|")))
        self.within = tuple(filter(None, shape.within.split("|")))
        self._pattern: re.Pattern[str] | None = None

    def matches(self, text: str) -> bool:
        """Return whether the shape's pattern matches a text from end to end."""
        if self._pattern is None:  # an article needs few of them
            self._pattern = _compiled(self.expression())
        return self._pattern.fullmatch(text) is not None

    def expression(self) -> str:
        """Return the regular expression for the whole of a text."""
        expression = self.shape.pattern
        for placeholder, words in self._placeholders.items():
            expression = expression.replace(placeholder, words)
        if self.begins:
            expression = f"{_any_of(self.begins)}(?:{expression})"
        elif self.ends:
            expression = f"(?:{expression}){_any_of(self.ends)}"
        return rf"{expression}\W{{0,5}}"


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE | re.DOTALL)


def _any_of(phrases: Sequence[str]) -> str:
    """Return a regular expression for one of some phrases, which end where a word ends."""
    inner = "|".join(
        (r"(?<!\w)" if phrase[0].isalpha() else "")
        + re.escape(phrase)
        + (r"(?!\w)" if phrase[-1].isalpha() else "")
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return f"(?:{inner})"


class Shapes:
    """The table of shapes of a language.

    >>> from nutgraf_index.passages.newsroom import newsroom_of
    >>> found = newsroom_of("en").shapes.find(["Read more: Ferry runs aground", "She read more."])
    >>> {index: shapes[0].role.value for index, shapes in found.items()}
    {0: 'related'}
    """

    def __init__(self, words: NewsroomWords) -> None:
        placeholders = _placeholders(words)
        rows = [_Row(number, shape, placeholders) for number, shape in enumerate(words.shapes)]
        self._credit_words = PARTICLES | words.credit_words
        self._longest = max((row.shape.longest for row in rows), default=0)
        # The rows by the first or last characters of their words, each with its words.
        self._beginning: dict[str, list[tuple[_Row, tuple[str, ...]]]] = defaultdict(list)
        self._ending: dict[str, list[_Row]] = defaultdict(list)
        self._hinted = [row for row in rows if row.within and not row.shape.named]
        # The rows of each hint, by a sign in it that few passages have.
        self._hinted_by: dict[str, dict[str, list[_Row]]] = defaultdict(dict)
        for row in self._hinted:
            for hint in row.within:
                sign = next((sign for sign in _IN_HINTS if sign in hint), "")
                self._hinted_by[sign].setdefault(hint, []).append(row)
        self._named = [row for row in rows if row.shape.named]
        self._named_at_top = [row for row in self._named if not row.shape.newcomer]
        hinted = {row.number for row in rows if row.begins or row.ends or row.within}
        self._free = [row for row in rows if not (row.number in hinted or row.shape.named)]
        for row in rows:
            phrases: dict[str, list[str]] = defaultdict(list)
            for phrase in row.begins:
                phrases[_key(phrase)].append(phrase)
            for key, phrases_of_key in phrases.items():
                self._beginning[key].append((row, tuple(phrases_of_key)))
            for key in {phrase[-_END_KEY:] for phrase in row.ends}:
                self._ending[key].append(row)
        # For the first test of all passages.
        self._openings = frozenset(
            opening for row in rows for phrase in row.begins for opening in _openings(phrase)
        )
        self._endings = frozenset(
            ending for row in rows for phrase in row.ends for ending in _endings(phrase)
        )
        self._longest_before: dict[str, int] = defaultdict(int)  # by the last character
        for row in rows:
            for mark in row.ends:
                if len(mark) == 1:
                    longest = max(self._longest_before[mark], row.shape.longest)
                    self._longest_before[mark] = longest
        self._phrases_of_key = {
            key: (
                max(row.shape.longest for row, _ in entries),
                tuple({phrase for _, phrases in entries for phrase in phrases}),
            )
            for key, entries in self._beginning.items()
        }
        # By what a hint has after a first letter, which may be a capital; in capitals it is rare.
        self._hints: dict[str, dict[str, int]] = defaultdict(dict)
        for row in self._hinted:
            for hint in row.within:
                hints = self._hints[hint[hint[0].isalpha() :]]
                for case in (hint, hint.capitalize()):
                    hints[case] = max(hints.get(case, 0), row.shape.longest)
        # The same by the bit of a passage with one of them; without a bit by none.
        self._hints_by_sign: dict[int, list[tuple[str, dict[str, int]]]] = defaultdict(list)
        for part, hints in self._hints.items():
            rare = signs_of("".join([sign for sign in part if sign in _RARE][:1]))
            if max(hints.values()) > SEEN:
                rare = 0
            elif not rare and may_be_hint(part):
                rare = int(Sign.RARE)
            self._hints_by_sign[rare].append((part, hints))
        # An opening counts where the first 7, 4 or 3 characters are equal to it.
        rare_parts = [part for part, _ in self._hints_by_sign[int(Sign.RARE)]]
        likely = likely_table(self._openings, self._endings, rare_parts)
        self._longest_named = max((row.shape.longest for row in self._named), default=0)
        self._longest_free = max((row.shape.longest for row in self._free), default=0)
        self.describer = Describer(likely, self._rules())
        self._any_free: re.Pattern[str] | None = None
        # Archives repeat menus, labels and footers.
        self._of_repeated = lru_cache(maxsize=1 << 12)(self._of)

    def _rules(self) -> Iterator[Rule]:
        """Yield the rules for blocks that may have a shape."""
        marked = Rule(Class.MARKED)
        yield marked._replace(signs=Sign.OPENS | Sign.CLOSES)
        yield marked._replace(head=Sign.OPENING | Sign.BEYOND)
        yield marked._replace(head=Sign.DIGIT, most=_LONGEST_WITH_DIGIT)
        for longest in set(self._longest_before.values()):
            marks = [mark for mark, size in self._longest_before.items() if size == longest]
            yield marked._replace(tail=signs_of(marks), most=longest)
        for signs, parts in self._hints_by_sign.items():
            if parts:  # a language may have no rows with a rare sign
                most = max(max(hints.values()) for _, hints in parts)
                yield marked._replace(signs=signs, most=most)
        letter = Sign.LETTER | Sign.BEYOND
        yield Rule(Class.NAMED, most=self._longest_named, head=letter, signs=Sign.INITIAL)

    def find(
        self, texts: Sequence[str], traits: Traits | None = None
    ) -> dict[int, tuple[Shape, ...]]:
        """Return the shapes that each block has, in the order of the table, by the block's index.

        Blocks without a shape are left out; nearly all are, by their classes.

        Args:
            texts: the blocks, none of them empty.
            traits: their traits by `describer`, if these are known.
        """
        traits = traits or self.describer.traits(texts)
        classes = traits.classes
        marked = [index for index, bits in enumerate(classes) if bits & _MARKED]
        if marked and marked[-1] == len(texts):  # the classes of all texts
            marked.pop()
        likely = {index for index in marked if self._is_likely(texts[index])}
        if marked:
            likely.update(self._with_hints(texts, traits, marked))
        indexes = range(len(texts))
        bottom = indexes[-_BLOCKS_AT_BOTTOM:]
        for index in (*indexes[:_BLOCKS_AT_TOP], *bottom):
            if classes[index] & _NAMED and _BEGINS_WITH_NAME.match(texts[index]):
                text = texts[index].replace("’", "'")
                rows = self._named if index in bottom else self._named_at_top
                if any(row.matches(text) for row in _that_may_match(rows, text.lower())):
                    likely.add(index)
        found = ((index, self.of(texts[index])) for index in sorted(likely))
        return {index: shapes for index, shapes in found if shapes}

    def _is_likely(self, text: str) -> bool:
        """Return whether a text begins or ends as one with a shape may."""
        first, last = text[0], text[-1]
        if (
            text[-_END_KEY:] in self._endings
            or first in _MARKS
            or first >= FACES
            or (first in _DIGITS and len(text) <= _LONGEST_WITH_DIGIT)
            or len(text) <= self._longest_before.get(last, -1)
        ):
            return True
        openings = self._openings
        return (
            text[:_LONG_KEY] in openings
            or text[:_SHORT_KEY] in openings
            or text[:_SHORTEST_KEY] in openings
        ) and self._opens(text)

    def _with_hints(
        self, texts: Sequence[str], traits: Traits, marked: Sequence[int]
    ) -> Iterator[int]:
        """Yield the blocks that have a hint of a row, and are short enough for it."""
        sizes, signs = traits.sizes, traits.signs
        for rare, parts in self._hints_by_sign.items():
            if rare and not signs[-1] & rare:
                continue
            near = [i for i in marked if signs[i] & rare or not rare]
            for _, hints in parts if near else ():
                for hint, longest in hints.items():
                    yield from [i for i in near if sizes[i] <= longest and hint in texts[i]]

    def _opens(self, text: str) -> bool:
        """Return whether a text begins with the words of a row, and is short enough for it."""
        head = _lowered(text[:_LONGEST_PHRASE])
        for length in (_LONG_KEY, _SHORT_KEY, _SHORTEST_KEY, 2, 1):
            longest, phrases = self._phrases_of_key.get(head[:length], (0, ()))
            if len(text) <= longest and head.startswith(phrases):
                return True
        return False

    def of(self, text: str) -> tuple[Shape, ...]:
        """Return the shapes that a block has, in the order of the table."""
        size = len(text)
        if size <= _LONGEST_REPEATED:
            return self._of_repeated(text)
        return self._of(text) if size <= self._longest else ()

    def _of(self, text: str) -> tuple[Shape, ...]:
        rows: dict[int, Shape] = {}
        for form, is_marked in _forms(text):
            for row in self._candidates(form):
                shape = row.shape
                if (
                    row.number not in rows
                    and (is_marked or not shape.marked)
                    and row.matches(form)
                    and (not shape.names_only or self._only_names(form))
                ):
                    rows[row.number] = shape
        return tuple(rows[number] for number in sorted(rows))

    def _candidates(self, text: str) -> Iterator[_Row]:
        """Yield the rows whose plain words a text has."""
        lowered, size = text.lower(), len(text)
        beginning, ending = self._beginning, self._ending
        for length in (_LONG_KEY, _SHORT_KEY, _SHORTEST_KEY, 2, 1):
            if (key := lowered[:length]) in beginning:
                for row, phrases in beginning[key]:
                    if size <= row.shape.longest and lowered.startswith(phrases):
                        yield row
        for end in {lowered, lowered.rstrip(_AFTER_ENDS)}:
            for key in (end[-_END_KEY:], end[-1:]):
                if key in ending:
                    for row in ending[key]:
                        if size <= row.shape.longest and end.endswith(row.ends):
                            yield row
        for sign, hints in self._hinted_by.items():
            if sign in lowered:
                for hint in [hint for hint in hints if hint in lowered]:
                    yield from [row for row in hints[hint] if size <= row.shape.longest]
        if self._named and _BEGINS_WITH_NAME.match(text):
            yield from _that_may_match(self._named, lowered)
        if size <= self._longest_free and self._may_be_free(text):
            for row in self._free:
                if size <= row.shape.longest:
                    yield row

    def _may_be_free(self, text: str) -> bool:
        """Return whether one of the rows without plain words matches a text."""
        if self._any_free is None:
            rows = "|".join([f"(?:{row.expression()})" for row in self._free])
            self._any_free = _compiled(f"{_FREE}(?:{rows})")
        return self._any_free.fullmatch(text) is not None

    def _only_names(self, text: str) -> bool:
        """Return whether a text has only capitalised words and the words of a credit."""
        return all(
            word in self._credit_words for word in _LOWER_WORD.findall(text) if word.islower()
        )


def _that_may_match(rows: Iterable[_Row], lowered: str) -> list[_Row]:
    """Return the rows for texts of this size and with these words, in lower case."""
    return [
        row
        for row in rows
        if len(lowered) <= row.shape.longest and any(map(lowered.__contains__, row.within))
    ]


def _lowered(head: str) -> str:
    """Return the first characters of a block as the words of rows have them."""
    if not head.isascii():
        head = head.replace("İ", "I").replace("’", "'")
    return head.lower().replace("\n", " ")


def _forms(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the forms in which a block is compared, and whether each is marked.

    First as it stands, then without links, tags and bullets, then without brackets. A block is
    marked if brackets or emphasis are around it.
    """
    if not text.isascii():
        for typographic, plain in _TYPOGRAPHY.items():
            text = text.replace(typographic, plain)
    # A printable text has no white space but blanks.
    is_squeezed = text.isprintable() and "  " not in text
    squeezed = text if is_squeezed else " ".join(text.split())
    bare = squeezed.strip(_EMPHASIS)
    is_marked = bare != squeezed and squeezed[0] == squeezed[-1] and squeezed[0] in "*_"
    is_marked = is_marked and squeezed[1:2] != squeezed[0]  # bold is for headings
    yield bare or squeezed, is_marked
    plain = bare
    if "](" in plain or "][" in plain:
        plain = _LINK.sub(r"\1", _GLUED_LINK.sub(" ", plain))
    if "<" in plain:
        plain = _TAG.sub("", plain)
    if "**" in plain or "__" in plain:
        plain = plain.replace("**", "").replace("__", "")
    if plain[:1] == "&":
        plain = _ENTITY.sub("", plain)
    plain = plain.strip().lstrip(_BULLETS).rstrip(_EMPHASIS)
    if plain and is_picture_sign(plain[0]):
        plain = _PICTURES.sub("", plain, count=1)
    if plain and plain != bare:
        yield plain, is_marked
    closed = plain.rstrip(" .")
    if plain[:1] in _BRACKETS:
        opening, closing = plain[0], _BRACKETS[plain[0]]
        inner = closed[1:-1].strip(_EMPHASIS)
        if closed[-1:] == closing and inner and not {opening, closing} & {*inner}:
            yield inner, True
        elif closing not in plain:
            yield plain[1:].lstrip(), True


@cache
def _cased(phrase: str) -> tuple[str, ...]:
    """Return plain words as they stand within a sentence, at its beginning and in capitals."""
    cases = phrase, phrase.capitalize(), phrase.upper()
    if "i" not in phrase:
        return cases
    first = f"İ{phrase[1:]}" if phrase[0] == "i" else cases[1]  # as Turkish writes it
    return *cases, first, phrase.replace("i", "İ").upper()


def _key(phrase: str) -> str:
    """Return the first characters of a phrase that its rows are found by."""
    return phrase[: _LONG_KEY if len(phrase) >= _LONG_KEY else _SHORT_KEY]


def _openings(phrase: str) -> Iterator[str]:
    """Yield the first characters of passages that open with a phrase."""
    length = len(_key(phrase))
    for case in {*_cased(phrase), phrase.title(), capwords(phrase, " ")}:  # "Don't Miss"
        opening = case[:length]
        yield opening
        if "'" in opening:
            yield opening.replace("'", "’")
        if length < _SHORT_KEY:
            yield from (opening + separator for separator in _SEPARATORS)


def _endings(phrase: str) -> Iterator[str]:
    """Yield the last characters of passages that close with a phrase."""
    for case in {*_cased(phrase), phrase.title(), capwords(phrase, " ")}:
        for closing in _CLOSINGS:
            yield (case + closing)[-_END_KEY:]
