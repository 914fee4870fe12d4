"""The blocks of an article with all that is known of each, while their roles are decided."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice, pairwise
from operator import itemgetter

from nutgraf_index.analysis.languages.newsroom import Shape, Zone
from nutgraf_index.cache import lazy
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.passages.completion.imprint import Imprint
from nutgraf_index.passages.datelines import Dateline
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.layout.recognition.quotations import QUOTE, VERSUS, is_party
from nutgraf_index.passages.newsroom import Newsroom
from nutgraf_index.passages.roles.forms import (
    EMPHASIS,
    OPENING_QUOTES,
    Form,
    bare,
    first_word_of,
    forms_of,
    is_label,
    is_link,
    is_picture,
    without_links,
    words_of,
)
from nutgraf_index.passages.traits import SEEN, Sign, signs_of

__all__ = ["LONG_CAPITALS", "LONG_WORD", "NEVER_LEAD", "STATED_ROLES", "STEM", "Draft"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
# What a file states goes before all rules. Tags and HTML may be anything; their words tell.
STATED_ROLES = {
    BlockKind.HIDDEN: Role.NOTE,
    BlockKind.IMAGE: Role.CAPTION,
    BlockKind.CAPTION: Role.CAPTION,
    BlockKind.FOOTNOTE: Role.NOTE,
    BlockKind.ROW: Role.LIST,
    BlockKind.TERM: Role.LIST,
    BlockKind.DESCRIPTION: Role.LIST,
    BlockKind.CODE: Role.BODY,
}
_MARKUP = (BlockKind.HTML, BlockKind.TAG)
# Roles that a table of shapes gives to blocks that never open a story.
NEVER_LEAD = HIDDEN_ROLES | {Role.CAPTION, Role.CORRECTION, Role.HEADLINE}
_HOUSE = re.compile(r"\s+(?:[-–—|•·»:]{1,2}|<)\s+")
LONG_CAPITALS = 40  # characters of a title in capitals; subheads in capitals are shorter
_WORDS_IN_LABEL = 5
_COPYRIGHT = "opyright"
_LONGEST_PICTURE_CREDIT = 80  # characters
_LONGEST_CAPTION = 320
_YEAR = re.compile(r"(?:1[789]|20)\d\d")
_HOME = frozenset(("home", "home page", "homepage"))
_LONGEST_PAGE_WORD = 40  # characters
_LONGEST_LABEL = 50
_LONGEST_IMPRINT = 120
_MARKS_BEFORE_TITLE = frozenset("*_#[(\"'“‘«")
_LABELS = 3  # of speakers
_OFTEN = 3  # times that a line stands in an article
_TIMES_SPOKEN = 1.25  # by each speaker
_LABEL_SHARE = 5  # one block in so many has one
_WORDS_IN_TITLE = 3  # fewer are too common to tell a title
_WORDS_IN_PART = 2  # of a line of the title
_LONGEST_TITLE = 300  # characters
_LONGEST_BEGINNING = 50_000  # characters that are searched for each word of a byline
_LONGEST_CRY = 120
_MOST_TITLES = 8  # of other stories, below one label
_FROM = "From: "
_OPENING, _STOPS = frozenset(OPENING_QUOTES), frozenset(".!?")
_PAUSES = frozenset(",;")
_BLOCKS_ABOVE_PARTIES = 16
_LONGEST_VERSUS = max(map(len, VERSUS))
_BLOCKS_OF_COUNSEL = 40
_NOTICE = "NOTICE:"  # "NOTICE: This opinion may be cited only in related cases."
_LONGEST_JUDGE = 70
_JUDGE = re.compile(
    r"P(?:er C|ER C)(?:uriam|URIAM)[.:]?|(?:(?:The )?Hon(?:orable|\.) )?"
    r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}, "
    r"(?:(?:Senior|Chief|Presiding|Associate|Circuit|District|Magistrate) )*"
    r"(?:Judge|Justice|J\.|C\.J\.)[.:]?"
)
# What the sentences between the parties of a case and its judge are about.
_COUNSEL = re.compile(
    r"\b(?:Nos?|Court|Circuit|Judges?|Justices?|Attorneys?|[Cc]ounsel|Esq|Argued|Decided|Filed|"
    r"Submitted|[Bb]riefs?|[Aa]ppell(?:ants?|ees?)|[Pp]etitioners?|[Rr]espondents?|[Pp]laintiffs?|"
    r"[Dd]efendants?)\b"
)
_QUOTE_SIGN = signs_of(QUOTE)
_SOFT_HYPHEN = "\u00ad"  # pages put it into long words, where a line may be broken
_CUT = ("…", "...")
# A link of a few words that leads to the stories with a tag; "releases/tag" is of software.
_TAG = re.compile(
    r"\[\W{0,4}\w+(?:\W{1,4}\w+){0,3}\W{0,4}\]"
    r"\([^()\s]*(?<!releases)[/?&](?:tags?|categor(?:y|ies))[/=]"
)
_PAGE_NUMBER = re.compile(r"[Pp]age \d{1,4}")  # of print: no menu has one
_PAGE_LINE = re.compile(r"(?:[A-Z][\w.]+ ){0,3}Page [A-Z]?\d{1,3}\b")
_DESK = re.compile(r"[-–—(\s]*[A-Z][^\d.!?:;]{2,50}[^\w.!?:;]\+?[\d(][\d ()/.-]{6,}[)\s.]*")
_LINES_OF_DESK = 2  # at the end of a text
_LONGEST_DESK = 80
_DIGITS_OF_PHONE = 7
_PAGE_LINES = 3  # at the end of a text
_SITE_OF_HOUSE = re.compile(r"[\w ]{1,20}:\s?(?:https?://|www\.)\S+$")  # releases have some
_NAME_AT_START = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s?)+")
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]:?\s+(?:https?://|www\.)\S+\s*)+")
_BRACKETS, _OTHER_MARKS = int(Sign.BRACKET), signs_of("^")
_DIGIT, _COLON, _NEWLINE = int(Sign.DIGIT), int(Sign.COLON), int(Sign.NEWLINE)
_WITHIN_IMPRINT = int(Sign.BAR | Sign.NEWLINE | Sign.MARKUP | Sign.BEYOND)
_LINES_IN_COLUMN = 2  # breaks of lines in a paragraph
_LEAST_COLUMNS = 6
_WIDEST_COLUMN = 50  # characters of a line
_NARROW, _WIDE, _EVEN = 0.75, 1.3, 0.8
_NO_WORDS = "[]"  # of a link that a page shows as a sign
_WITHIN_DATELINE = int(
    Sign.BRACKET | Sign.SLASH | Sign.COLON | Sign.DASH | Sign.DIGIT | Sign.BEYOND
)
_NEAR_CUT = 3  # blocks
_NEAR_NAME = 8  # characters of emphasis and white space
LONG_WORD, STEM, _LEAST_COMMON = 4, 5, 2  # letters, letters, words
_MOST_COMMON_NAMES = 2  # words of names that may be other words, too: "Will Page"
_PARAGRAPHS = 40  # whose words are looked at
_SMALL_WORD = re.compile(r"(?<![\w'’@./-])[^\W\d_A-Z][^\W\d_]+")
_WIRE_MARK = "^"  # before a line of the header of wire copy, with "=" or "<" after it


class Draft:
    """The columns of an article's blocks, by the index of a block, and the roles decided so far.

    Attributes:
        kinds: the kind of each block.
        texts: the text of each block; in Markdown, with the words of links only.
        traits: the traits of these texts.
        titles: the blocks that are the title, or repeat the first line.
        links: the blocks of Markdown that are links and nothing else.
        tags: those of them that lead to the stories with a tag.
        pictures: the blocks of Markdown that are pictures and nothing else.
        linked: the blocks of Markdown that have a link.
        opened: those that begin with one.
        forms: the form of each block.
        odd: the blocks whose form is not prose, or whose kind is not a paragraph, in order.
        shapes: the shapes of the table that a block has, without blocks that have none.
        newsroom: the readers of the article's language.
        markdown: whether the text is Markdown.
        title: the title that is known; empty without one.
        attributions: the lines above what a mail quotes that say whom: "Maja Orlo wrote:".
        roles: the role of each block, body until it is decided.
        story: the blocks below the lead and above the tail, empty until the zones are known.
    """

    def __init__(
        self,
        kinds: Sequence[BlockKind],
        texts: Sequence[str],
        newsroom: Newsroom,
        *,
        markdown: bool,
        title: str,
    ) -> None:
        self.kinds = (
            [_PARAGRAPH if kind in _MARKUP else kind for kind in kinds] if markdown else kinds
        )
        describe = newsroom.shapes.describer.traits
        traits = describe(texts)
        heads = traits.heads[-1]
        if (
            heads & _BRACKETS
            and "[" in map(itemgetter(0), texts)
            and any(text[0] == "[" and _FOOTNOTE.fullmatch(text) for text in texts)
        ):
            self.kinds = [
                BlockKind.FOOTNOTE if text[0] == "[" and _FOOTNOTE.fullmatch(text) else kind
                for kind, text in zip(self.kinds, texts, strict=True)
            ]
        sizes = traits.sizes
        if sizes[-1] > sum(sizes[:-1]) and _SOFT_HYPHEN in "".join(texts):  # not ASCII
            texts = [text.replace(_SOFT_HYPHEN, "") or text for text in texts]
        self.texts = texts
        self.newsroom = newsroom
        self.markdown = markdown
        self.title = title
        self._small: dict[str, bool] = {}  # words of bylines
        self._tells_of: dict[str, bool] = {}  # authors
        self.links: frozenset[int] = frozenset()
        self.tags: frozenset[int] = frozenset()
        self.pictures: frozenset[int] = frozenset()
        self.linked: frozenset[int] = frozenset()
        self.opened: frozenset[int] = frozenset()
        plain_traits = traits
        if markdown and (linked := [index for index, text in enumerate(texts) if "](" in text]):
            self.linked = frozenset(linked)
            self.links = frozenset(index for index in linked if is_link(texts[index]))
            self.tags = frozenset(
                index for index in self.links if _TAG.search(texts[index][:_LONGEST_TITLE])
            )
            self.opened = frozenset(
                index for index in linked if texts[index].lstrip(EMPHASIS).startswith("[")
            )
            self.pictures = frozenset(index for index in linked if is_picture(texts[index]))
            plain = list(texts)
            for index in linked:
                is_empty = index in self.links and index not in self.pictures
                plain[index] = without_links(texts[index]) or (
                    _NO_WORDS if is_empty else texts[index]
                )
            self.texts = plain
            plain_traits = describe(plain)
        elif heads & _OTHER_MARKS and any(text[0] == _WIRE_MARK for text in texts):
            self.texts = texts = [
                text.strip("^<= \t") or text if text[0] == _WIRE_MARK else text for text in texts
            ]
            traits = plain_traits = describe(texts)
        self.traits = plain_traits
        self.forms = forms_of(self.texts, plain_traits)
        self.shapes = newsroom.shapes.find(texts, traits)
        self.attributions: frozenset[int] = frozenset()
        if heads & _QUOTE_SIGN and not markdown and (self.is_mail or _has_quotation(texts)):
            self._take_quotations()
        self._drop_teasers(texts)
        if any(shape.newcomer for shapes in self.shapes.values() for shape in shapes):
            self._drop_known_names()
        self.roles = [Role.BODY] * len(texts)
        self.story = range(0)
        self._titles = [words_of(title)] if title else []
        first = next((i for i, kind in enumerate(kinds) if kind is not _HIDDEN), None)
        if first is not None and self._opens_with_cry(first):
            self.forms[first] = _LINE
        if first is not None and kinds[first] is not _ITEM and self._opens_as_title(first):
            opening = self.texts[first]
            parts = [opening, *(_HOUSE.split(opening) if len(opening) <= _LONGEST_TITLE else ())]
            full = self._full_title(first)
            # The last part is the name of a house, or of a section.
            for part in (parts[0], *parts[1:-1], *(() if full is None else (full,))):
                words = words_of(part)
                if len(words) >= _WORDS_IN_TITLE and words not in self._titles:
                    self._titles.append(words)
        self._first = first
        self._openings = {words[0] for words in self._titles if words}
        self._joined = [f" {' '.join(words)} " for words in self._titles]
        self._page_words = self._find_page_words()
        self.titles = self._find_titles()
        if self.titles == {first}:
            # The first line repeats nothing but itself: only a title that is known counts.
            self._titles = self._titles[: 1 if title else 0]
            self.titles = frozenset(index for index in self.titles if self._is_title(index))
        self.odd = [index for index, form in enumerate(self.forms) if form is not _PROSE]
        if self.kinds.count(_PARAGRAPH) < len(texts):
            others = [index for index, kind in enumerate(self.kinds) if kind is not _PARAGRAPH]
            self.odd = sorted({*self.odd, *others})

    def __len__(self) -> int:
        return len(self.texts)

    def _take_quotations(self) -> None:
        """Decide that what a mail quotes, and the line that says of whom, is running text.

        What stands below "Read more:" is no quotation, nor are the words of a page.
        """
        quoted: set[int] = set()
        opened = -1  # the last block that "Read more:" opens
        for index, text in enumerate(self.texts):
            if text[0] != QUOTE:
                continue
            if index - 1 == opened or (
                index - 1 in self.shapes and self.texts[index - 1][0] != QUOTE
            ):
                opened = index
            elif index not in self.shapes:
                quoted.add(index)
        above = {index - 1 for index in quoted}.difference(quoted)
        self.attributions = frozenset(
            index for index in above if index >= 0 and self.texts[index][-1] == ":"
        )
        for index in self.attributions.union(quoted):
            self.forms[index] = _PROSE
            self.shapes.pop(index, None)

    def _drop_teasers(self, texts: Sequence[str]) -> None:
        """Drop the captions of pictures from links that have a title, too: they lead elsewhere."""
        for index in self.links - self.pictures:
            if "![" in texts[index] and (left := self.shapes.get(index)):
                left = tuple(shape for shape in left if shape.role is not Role.CAPTION)
                self.shapes.pop(index)
                if left:
                    self.shapes[index] = left

    def _drop_known_names(self) -> None:
        """Drop the shapes of a newcomer from paragraphs about a person whom the story names."""
        for index, shapes in list(self.shapes.items()):
            if any(shape.newcomer for shape in shapes) and self._is_of_story(index):
                left = tuple(shape for shape in shapes if not shape.newcomer)
                if left:
                    self.shapes[index] = left
                else:
                    del self.shapes[index]

    def _is_of_story(self, index: int) -> bool:
        """Return whether another paragraph has the surname that a paragraph begins with."""
        name = _NAME_AT_START.match(self.texts[index])
        surname = name[0].split()[-1] if name else ""
        prose = (i for i, form in enumerate(self.forms) if form is _PROSE and i != index)
        return any(surname in self.texts[other] for other in prose)

    def begins_with_name(self, index: int, name: str) -> bool:
        """Return whether a block begins with a name, however it is printed."""
        start = self.texts[index][: len(name) + _NEAR_NAME]
        return " ".join(bare(start).split()).casefold().startswith(f"{name.casefold()} ")

    def tells_of(self, name: str) -> bool:
        """Return whether a paragraph that does not begin with a name has its last word."""
        if name not in self._tells_of:
            surname = name.split()[-1]
            self._tells_of[name] = any(
                surname in text and self.is_prose(index) and not self.begins_with_name(index, name)
                for index, text in enumerate(self.texts)
            )
        return self._tells_of[name]

    def _opens_with_cry(self, index: int) -> bool:
        """Return whether the first block is a headline with a cry or a question within it.

        "Late again? The ferries now have a board" ends without a full stop, above a paragraph.
        """
        text = self.texts[index]
        if len(text) > _LONGEST_TITLE or not self.is_prose(index):
            return False
        below = self.texts[index + 1] if index + 1 < len(self) else ""
        if below.endswith(f" {text}"):
            kicker = below.removesuffix(text)
            if kicker.isupper() and _STOPS.isdisjoint(kicker):
                self.forms[index + 1] = _LINE
                return True
        return (
            len(text) <= _LONGEST_CRY
            and text[0].isalnum()
            and text[-1].isalnum()
            and ("! " in text or "? " in text)
            and not (". " in text or "\n" in text)
            and any(map(self.is_prose, range(index + 1, min(index + 1 + _NEAR_CUT, len(self)))))
        )

    def _opens_as_title(self, index: int) -> bool:
        """Return whether the first block may be the title of a page."""
        if self.is_line(index):
            shapes = self.shapes.get(index)
            # The source of a release may stand above it and below it.
            return not (shapes and shapes[0].role in (Role.FURNITURE, Role.NOTE, Role.CREDIT))
        text = self.texts[index]
        if self._full_title(index) is not None:
            return True
        if len(text) > _LONGEST_TITLE or text.endswith("."):
            return False
        return text in self.texts[index + 1 :]

    def _full_title(self, index: int) -> str | None:
        """Return the line below that has the words of a title that was cut: "Pier closes at…"."""
        text = self.texts[index]
        if not text.endswith(_CUT):
            return None
        words = words_of(text)
        below = self.texts[index + 1 : index + 1 + _NEAR_CUT]
        return next((line for line in below if words_of(line)[: len(words)] == words), None)

    def is_line(self, index: int) -> bool:
        """Return whether a block is a line of words: a headline, a subhead, a menu entry."""
        return self.forms[index] in (_LINE, _QUESTION)

    def is_prose(self, index: int) -> bool:
        """Return whether a block is running text, and neither an item nor a heading."""
        return self.forms[index] is _PROSE and self.kinds[index] is _PARAGRAPH

    def shape(self, index: int, zone: Zone) -> Shape | None:
        """Return the first shape of a block that may stand in a zone; None without any."""
        shapes = self.shapes.get(index)
        if shapes:
            for shape in shapes:
                if zone in shape.zones:
                    return shape
        return None

    def _find_page_words(self) -> frozenset[int]:
        """Return the entries of menus and footers, which few texts have."""
        words = self.newsroom.page_words
        short = [i for i, size in enumerate(self.traits.sizes) if size <= _LONGEST_PAGE_WORD]
        if short and short[-1] == len(self):  # the size of all texts
            short.pop()
        texts = self.texts
        return frozenset([i for i in short if texts[i].strip(EMPHASIS).lower() in words])

    def _find_titles(self) -> frozenset[int]:
        """Return the blocks that are the title or the first line, or begin with or as either."""
        if not self._titles:
            return frozenset()
        letters = {words[0][0] for words in self._titles if words}
        letters.update([*map(str.upper, letters)])
        likely = [
            index
            for index, text in enumerate(self.texts)
            if (first := text[0]) in letters
            or (
                first in _MARKS_BEFORE_TITLE
                and (
                    (second := text[1:2]) in letters or not (second.isalnum() and second.isascii())
                )
            )
        ]
        return frozenset([index for index in likely if self._is_title(index)])

    def opens(self, index: int, shape: Shape, *, is_page: bool) -> bool:
        """Return whether the lines below a block belong to it: it is nothing but a label.

        "Video: Ferries leave the pier" has its own title.
        """
        text = bare(self.texts[index])
        if (
            not shape.opens
            or not (text.endswith((":", "»", ">")) or len(text.split()) <= _WORDS_IN_LABEL)
            or len(text.partition(":")[2].split()) > _WORDS_IN_TITLE
        ):
            return False
        return is_page or shape.role is not Role.RELATED or not self.has_many(index)

    def has_many(self, index: int) -> bool:
        """Return whether so many lines stand below a label that the text is about them."""
        below = self.forms[index + 1 : index + 2 + _MOST_TITLES]
        return len(below) > _MOST_TITLES and _PROSE not in below

    def is_page_word(self, index: int) -> bool:
        """Return whether a block is an entry of menus and footers."""
        return index in self._page_words

    @lazy
    def heads(self) -> frozenset[str]:
        """The first characters of the blocks."""
        return frozenset(map(itemgetter(0), self.texts))

    @lazy
    def furniture(self) -> frozenset[int]:
        """The blocks whose words say that they belong to the page."""
        blocks = [
            index
            for index, shapes in self.shapes.items()
            if shapes[0].role is Role.FURNITURE
            and self.texts[index][0] != "<"  # a tag of a table or of code
            and not _PAGE_NUMBER.fullmatch(self.texts[index])
            and not _SITE_OF_HOUSE.match(self.texts[index])
        ]
        return self._page_words.union(blocks)

    def is_furniture(self, index: int) -> bool:
        """Return whether the words of a block say that it belongs to the page."""
        return index in self.furniture

    @lazy
    def has_speakers(self) -> bool:
        """Whether many blocks begin with a label, as in interviews and transcripts.

        Who speaks does so again; the labels of items differ.
        """
        return len(set(self._labels)) < len(self._labels)

    @lazy
    def hardly_speaks(self) -> bool:
        """Whether hardly a label stands again: most are those of items."""
        return len(self._labels) < _TIMES_SPOKEN * len(set(self._labels))

    @lazy
    def _labels(self) -> list[str]:
        """The labels of the blocks that begin with one, if these are many and quote nobody."""
        if not self.traits.signs[-1] & _COLON:
            return []
        spoken = [
            text
            for text, signs in zip(self.texts, self.traits.signs, strict=False)
            if signs & _COLON and ":" in text[:_LONGEST_LABEL] and is_label(text)
        ]
        if len(spoken) < _LABELS or _LABEL_SHARE * len(spoken) < len(self.texts):
            return []
        if 2 * sum(map(_quotes, spoken)) >= len(spoken):
            return []  # a story with quotations
        return [text.partition(":")[0] for text in spoken]

    def imprint(
        self, index: int, *, opens: bool = False, above: Imprint | None = None
    ) -> Imprint | None:
        """Return what a block says as the byline or date of an article; None if it is neither.

        Pages put a name in a line of its own: "By", and "Maja Orlo" below it.
        """
        text = self.texts[index]
        if len(text) > _LONGEST_IMPRINT and not self.traits.signs[index] & _WITHIN_IMPRINT:
            return None  # a paragraph
        if index in self.attributions:
            return None  # "On March 4, 2021, Maja Orlo wrote:"
        imprint = self.newsroom.imprints.read(text, opens=opens, above=above)
        if "\n" in text and len(text) <= _LONGEST_IMPRINT and not (imprint and imprint.is_byline):
            line = " ".join(text.split())
            return self.newsroom.imprints.read(line, opens=opens, above=above) or imprint
        if imprint and imprint.authors and self._is_of_story_words(index, imprint.authors):
            return None
        return imprint

    def _is_of_story_words(self, index: int, names: Sequence[str]) -> bool:
        """Return whether names are words of the story: "By Sinking Ferries, Board Saves Money".

        Names have a word that no paragraph has with a small letter. Two may not, in "By Will Page";
        so the line then has to be the first one.
        """
        words = [word for name in names for word in name.split() if len(word) >= LONG_WORD]
        least = len(words) if index == self._first else max(_MOST_COMMON_NAMES + 1, len(words) - 1)
        if not _LEAST_COMMON <= least <= len(words):
            return False
        return sum(map(self._stands_small, map(str.casefold, words))) >= least

    def _stands_small(self, word: str) -> bool:
        """Return whether a word stands with a small letter in the first paragraphs."""
        if word not in self._small:
            text = self._first_prose
            end, is_whole = 0, False
            while not is_whole and (start := text.find(f" {word}", end)) >= 0:
                end = start + 1 + len(word)
                is_whole = not text[end : end + 1].isalpha()
            self._small[word] = is_whole
        return self._small[word]

    @lazy
    def _first_prose(self) -> str:
        prose = islice(filter(self.is_prose, range(len(self))), _PARAGRAPHS)
        return "\n".join([self.texts[index] for index in prose])[:_LONGEST_BEGINNING]

    def dateline(self, index: int) -> Dateline | None:
        """Return the dateline that a block begins with; None if it has none."""
        traits = self.traits
        if traits.sizes[index] <= SEEN and not traits.signs[index] & _WITHIN_DATELINE:
            return None
        return self.newsroom.datelines.read(self.texts[index])

    def is_captioned(self, index: int) -> bool:
        """Return whether the credit of a picture stands right below a block, and prose after it."""
        below = index + 1
        if below not in self.shapes:  # nearly always
            return False
        if below + 1 >= len(self) or len(self.texts[below]) > _LONGEST_PICTURE_CREDIT:
            return False
        if len(self.texts[index]) > _LONGEST_CAPTION:
            return False
        if _COPYRIGHT in self.texts[below]:
            return False  # of the text
        shape = self.shape(below, Zone.HEAD) or self.shape(below, Zone.STORY)
        if shape is not None and shape.role is Role.CAPTION:
            return self.texts[below].startswith(self.texts[index])  # it stands again with a credit
        return shape is not None and shape.role is Role.CREDIT

    def is_index(self, index: int) -> bool:
        """Return whether a block is a row of index terms: no sentence, with ";" between them."""
        text = self.texts[index]
        if ";" not in text or self.traits.small_words[index]:
            return False
        return not any(word[0].islower() for word in text.split())

    def is_page_line(self, index: int) -> bool:
        """Return whether one of the last lines is the page of a paper, with the city, or its name.

        "The Lindholm Post" stands above "Port Page 2".
        """
        text = self.texts[index]
        if index < len(self) - _PAGE_LINES or len(text) > _LONGEST_LABEL:
            return False
        below = self.texts[index + 1] if index + 1 < len(self) else ""
        if _PAGE_LINE.match(below) and self.is_page_line(index + 1):
            return self.is_line(index) and bool(self.newsroom.imprints.house(text))
        return bool(_PAGE_LINE.match(text)) and not any(word[0].islower() for word in text.split())

    def is_desk(self, index: int) -> bool:
        """Return whether one of the last lines is the desk of a dispatch and its telephone.

        "-- Lindholm newsroom +46 171 542 7930" has one; several such lines are a list.
        """
        text = self.texts[index]
        return (
            index >= max(len(self) - _LINES_OF_DESK, 1)
            and index not in self.shapes
            and len(text) <= _LONGEST_DESK
            and _DESK.fullmatch(text) is not None
            and sum(map(str.isdigit, text)) >= _DIGITS_OF_PHONE
            and not _DESK.fullmatch(self.texts[index - 1])
        )

    def is_date(self, index: int) -> bool:
        """Return whether a block is a date of publication and nothing else."""
        if not self.traits.signs[index] & _DIGIT:
            return False
        text = self.texts[index]
        if len(text) > _LONGEST_IMPRINT:
            return False
        if not _YEAR.search(text):
            return False
        if self.traits.small_words[index] and text[-1] in _PAUSES:
            return False  # "On March 4, 2021, Orlo left her ferry," goes on below
        imprint = self.imprint(index)
        return bool(imprint and (imprint.date or imprint.updated) and not imprint.is_byline)

    @lazy
    def has_capital_subheads(self) -> bool:
        """Whether most lines in capitals of the story are too short for titles of other ones."""
        sizes = [len(self.texts[index]) for index in self.story if self.texts[index].isupper()]
        return 2 * sum(size >= LONG_CAPITALS for size in sizes) <= len(sizes)

    @lazy
    def is_in_capitals(self) -> bool:
        """Whether the text has no small letters, as old archives print it: capitals say nothing."""
        prose = [text for text in self.texts[:_PARAGRAPHS] if len(text) >= LONG_CAPITALS]
        return 2 * sum(map(str.isupper, prose)) > len(prose)

    @lazy
    def labels(self) -> frozenset[int]:
        """The short lines of the story with a colon at the end and a paragraph below each.

        "Orlo said:" has a quotation below it, and a sentence such as "Here is why:" small words.
        """
        function_words = self.newsroom.function_words
        return frozenset(
            index
            for index in self.story[:-1]
            if self.texts[index][-1] == ":"
            and self.is_line(index)
            and self.is_prose(index + 1)
            and self.texts[index + 1][0] not in OPENING_QUOTES
            and len(words := self.texts[index].split()) <= _WORDS_IN_LABEL
            and words[0][0].isupper()
            and function_words.isdisjoint(map(str.casefold, words))
        )

    def parties(self) -> range:
        """Return the blocks at the top that name the parties of a case, with "v." between them."""
        sizes = self.traits.sizes[:_BLOCKS_ABOVE_PARTIES]
        if not self.traits.signs[-1] & _NEWLINE and min(sizes) > _LONGEST_VERSUS:
            return range(0)  # nearly all
        for index, text in enumerate(self.texts[: len(sizes)]):
            if "\nv" in text or "\nV" in text:
                lines = [*map(str.strip, text.split("\n"))]
                if any(is_party(above) and line in VERSUS for above, line in pairwise(lines)):
                    return range(index, index + 1)
            elif text in VERSUS and 0 < index < len(self) - 1 and is_party(self.texts[index - 1]):
                first, last = index - 1, index + 1
                while first and self.is_line(first - 1) and self.texts[first - 1][-1] == ",":
                    first -= 1
                while self.texts[last][-1] == "," and last + 1 < len(self):
                    last += 1
                return range(first, last + 1)
            if self.is_prose(index) and not text.startswith(_NOTICE):
                break  # a story has begun
        return range(0)

    @lazy
    def opinion(self) -> int:
        """The block after the judge who wrote the opinion in a case; 0 in other texts."""
        if not (parties := self.parties()):
            return 0
        first = parties[-1] + 1
        for index, text in enumerate(self.texts[first : first + _BLOCKS_OF_COUNSEL], first):
            if len(text) <= _LONGEST_JUDGE and _JUDGE.fullmatch(text):
                return index + 1
            if self.is_prose(index) and " " in text and not _COUNSEL.search(text):
                break  # a story; "AFFIRMED." is none
        return 0

    @property
    def is_mail(self) -> bool:
        """Whether the text begins with the header of a mail."""
        return self.texts[0].startswith(_FROM)

    @lazy
    def sender(self) -> frozenset[str]:
        """How somebody who sent a mail may sign it, with folded case; empty if that is no name.

        By the header of the mail: "From: Maja Orlo <maja@port.example>".
        """
        name = self.texts[0].partition("\n")[0].removeprefix(_FROM).partition("<")[0].strip(' "')
        if not self.newsroom.imprints.is_name(name):
            return frozenset()
        words = name.casefold().split()
        return frozenset((name.casefold(), words[0], words[-1]))

    @lazy
    def _last_prose(self) -> int:
        return max(filter(self.is_prose, range(len(self))), default=-1)

    def is_of_sender(self, index: int) -> bool:
        """Return whether a line below the last paragraph of a mail is its sender's name: "Maja"."""
        if self.texts[index].strip(" ,-–—").casefold() not in self.sender:
            return False
        return index > self._last_prose

    @lazy
    def often(self) -> dict[str, int]:
        """How often each short line stands that stands three times or more in the article."""
        short = [text for text in self.texts if len(text) <= _LONGEST_LABEL]
        if len(short) < len(set(short)) + _OFTEN - 1:  # nearly always
            return {}
        return {text: count for text, count in Counter(short).items() if count >= _OFTEN}

    @lazy
    def _labels_often(self) -> frozenset[str]:
        """The words before a colon with which three blocks or more begin."""
        labels = Counter(
            text.partition(": ")[0] for text in self.texts if ": " in text[:_LONGEST_LABEL]
        )
        return frozenset(label for label, count in labels.items() if count >= _OFTEN)

    def is_labelled_often(self, index: int) -> bool:
        """Return whether a block begins with a label that other blocks have, too: "Where: ..."."""
        return self.texts[index].partition(": ")[0] in self._labels_often

    @lazy
    def counts(self) -> Counter[str]:
        """How often each block stands in the article."""
        return Counter(self.texts)

    @lazy
    def names_over_text(self) -> int:
        """How many names stand often in the article, each in a line of its own."""
        is_name = self.newsroom.imprints.is_name
        return sum(map(is_name, self.often))

    @lazy
    def asks(self) -> bool:
        """Whether any block ends with a question."""
        return any(text.endswith("?") for text in self.texts)

    @lazy
    def is_printed(self) -> bool:
        """Whether the paragraphs are columns of a printed page, with a few words in each line."""
        if not self.traits.signs[-1] & _NEWLINE and not any(
            "\n" in text for text in self.texts if len(text) > SEEN
        ):
            return False
        prose = [self.texts[i] for i in range(len(self)) if self.is_prose(i)]
        columns = [text for text in prose if text.count("\n") >= _LINES_IN_COLUMN]
        if len(columns) < max(_LEAST_COLUMNS, len(prose) / 2):
            return False
        # All lines but the last of a paragraph are about as wide as the column.
        sizes = [size for text in columns for size in [*map(len, text.split("\n"))][:-1]]
        sizes.sort()
        middle = sizes[len(sizes) // 2]
        if middle > _WIDEST_COLUMN:
            return False
        even = sum([_NARROW * middle <= size <= _WIDE * middle for size in sizes])
        return even >= _EVEN * len(sizes)

    @lazy
    def dated_rows(self) -> frozenset[int]:
        """The titles of other stories, with a date above each or below each, two or more at once.

        Only pages have them, below "More news" or "Latest".
        """
        signs = self.traits.signs
        dates = {i for i in range(len(self)) if signs[i] & _DIGIT and self.is_date(i)}
        rows: set[int] = set()
        for first in dates:
            if first - 2 in dates:
                continue
            last = first
            while last + 2 in dates and self._is_other_title(last + 1):
                last += 2
            if last == first:
                continue
            rows.update(range(first, last + 1))
            if not self._is_other_title(first - 1) and self._is_other_title(last + 1):
                rows.add(last + 1)
        return frozenset(rows)

    def _is_other_title(self, index: int) -> bool:
        """Return whether a block may be the title of another story."""
        return (
            0 <= index < len(self)
            and self.is_line(index)
            and not self.is_title(index)
            and (index not in self.shapes or index in self.furniture)
            and len(self.texts[index].split()) >= _WORDS_IN_TITLE
        )

    def is_of_common_words(self, index: int) -> bool:
        """Return whether a third of the words of a line stand in paragraphs with small letters.

        "Ferry Captains Fund" has such words, and "Maja Orlo" has none.
        """
        words = [word.casefold() for word in words_of(self.texts[index]) if len(word) >= LONG_WORD]
        common = sum(word in self._small_words for word in words)
        return common >= _LEAST_COMMON and 3 * common >= len(words)

    @lazy
    def _small_words(self) -> frozenset[str]:
        """The words of the first paragraphs that stand with a small letter."""
        prose = filter(self.is_prose, range(len(self)))
        words = (_SMALL_WORD.findall(self.texts[index]) for index in islice(prose, _PARAGRAPHS))
        return frozenset(chain.from_iterable(words))

    def stems_of_prose(self, blocks: Iterable[int], most: int) -> frozenset[str]:
        """Return the beginnings of the long words in at most so many paragraphs among blocks."""
        return frozenset(
            word[:STEM]
            for index in islice(filter(self.is_prose, blocks), most)
            for word in words_of(self.texts[index])
            if len(word) >= LONG_WORD
        )

    @lazy
    def first_words(self) -> frozenset[str]:
        """The beginnings of the long words in the first paragraphs."""
        return self.stems_of_prose(range(len(self)), _PARAGRAPHS)

    def is_home(self, index: int) -> bool:
        """Return whether a block is the first entry of a menu or of a breadcrumb."""
        return bare(self.texts[index]).casefold() in _HOME

    def is_title(self, index: int) -> bool:
        """Return whether a block is the title that is known, or one that stands twice."""
        return index in self.titles

    def _is_title(self, index: int) -> bool:
        """Return whether a block is the title or the first line, or begins with or as either.

        The name of a house may follow in either. Case and punctuation do not matter.
        """
        text = self.texts[index]
        if not self._titles or len(text) > _LONGEST_TITLE or self.kinds[index] is _ITEM:
            return False
        # Many blocks begin with the same letter as the title, and few with its first word.
        if first_word_of(text) in self._openings:
            words = words_of(text)
            for title in self._titles:
                if words == title:
                    return True
                shorter = min(len(words), len(title))
                if (
                    shorter >= _WORDS_IN_TITLE
                    and words[:shorter] == title[:shorter]
                    and (shorter == len(words) or _HOUSE.search(text))
                    and self.forms[index] is not _PROSE
                ):
                    return True
        return False

    def goes_on_title(self, index: int) -> bool:
        """Return whether a line has words of the title that stand together in it."""
        if not self._joined or (index == self._first and index not in self.titles):
            return False
        words = words_of(self.texts[index]) if len(self.texts[index]) <= _LONGEST_TITLE else []
        return len(words) >= _WORDS_IN_PART and any(
            f" {' '.join(words)} " in title for title in self._joined
        )

    def set(self, index: int, role: Role) -> None:
        """Decide the role of a block."""
        self.roles[index] = role


def _quotes(text: str) -> bool:
    """Return whether the label of a text says who is quoted after it: "Orlo said: 'We agree.'"."""
    label, _, said = text.partition(":")
    return said.lstrip()[:1] in _OPENING and label.split()[-1][0].islower()


def _has_quotation(texts: Sequence[str]) -> bool:
    """Return whether a block with ">" has several such lines, or a line with a colon above it.

    Such a line above it counts as well, if both are longer than the entries of a menu.
    """
    return any(
        text[0] == QUOTE
        and (
            f"\n{QUOTE}" in text.replace(" ", "")
            or (
                len(text) > _LONGEST_PAGE_WORD
                and (above[-1] == ":" or (above[0] == QUOTE and len(above) > _LONGEST_PAGE_WORD))
            )
        )
        for above, text in pairwise(["-", *texts])
    )
