"""Tells pages that were saved with their menus from other texts, and finds the story in them.

In a page, the story is the run of blocks with the most prose and the fewest lines: the maximum
subsequence of their scores (Pasternack and Roth, Extracting article text from the web with maximum
subsequence segmentation, 2009).
"""

from itertools import accumulate

from nutgraf_index.analysis.languages.newsroom import Zone
from nutgraf_index.model import Role
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import LONG_WORD, STEM, Draft
from nutgraf_index.passages.roles.forms import Form, bare, words_of

__all__ = [
    "comments_after",
    "footer_after",
    "headline_above",
    "is_breadcrumb",
    "is_menu",
    "is_paragraph",
    "may_be_page",
    "menu_after",
    "paragraph_above",
    "repeats",
    "resumed_end",
    "share_of_stems",
    "story_of_page",
]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_FURNITURE_IN_PAGE = 3  # blocks that say so make a page
_MENU = 4  # short lines between two titles make a page
_WORDS_IN_ENTRY = 3
_WORDS_IN_ROW = 6  # of the title of another story
# What speaks for the headline of a page, and how much.
_SHARED = 3.0  # times the share of its long words that the story has
_STANDS_TWICE = 1.5
_BY_BELOW, _BYLINE_BELOW, _DATE_BELOW = 2.5, 1.5, 1.0
_WORD, _MOST_WORDS = 0.1, 10
_DISTANCE = 0.015  # for each block between it and the story
_LEAST_OF_HEADLINE = 0.5
_FIRST_PARAGRAPHS = 8
_LEAST_SHARED = 2  # long words
_LONGEST_CRY = 120  # characters
_ABBREVIATED = ("U.S.", "U.K.", "U.N.", "E.U.", "Inc.", "Corp.", "Co.", "Jr.", "D.C.")
_HOUSES = (" |", " -", " –", " —", " :")
_TRAIL = " > "  # between the entries of a breadcrumb in one line
_LONGEST_TRAIL = 10  # blocks of a breadcrumb, with the marks between its entries
_ENTRIES_IN_TRAIL = 3
_FAR_BELOW_TITLE = 60  # blocks between the headline of a page and its story
_ABOVE_IMPRINT = 4
_LONGEST_SCORED = 400
_LINKS_IN_PAGE = 5  # blocks of nothing else above the headline or the story
_LEAST_OF_PAGE = 3  # blocks above a headline or below a story
# Shares of blocks, as in pages and newsletters of some twenty houses.
_SHARE_IN_MENU = 0.15  # furniture
_LINKS_IN_MENU = 0.5
_ENTRIES_IN_MENU = 0.65
_SHARE_IN_FOOTER = 0.25
_PROSE_IN_FOOTER = 0.2
_STORY_IN_MENU, _STORY_IN_FOOTER = 0.6, 0.85  # characters: adverts between paragraphs are no menu
_ENTRIES_IN_FOOTER = 0.8
_ABOVE_COMMENTS = 2  # paragraphs of the story
_COMMENT = 0.75  # of the length of the story's paragraphs
_TEASER = 0.8  # of the length of the story's paragraphs
_NO_PROSE = 0.1
_FURNITURE_IN_FRAME, _LINKS_IN_FRAME, _ENTRIES_IN_FRAME = 0.1, 0.2, 0.6
_ENTRIES_IN_LONG_MENU, _FURNITURE_IN_LONG_MENU = 0.85, 2
_TIMES_IN_ROWS, _AGAIN = 3, 0.2
_LEAST_FOOTER = 12  # blocks of a footer without prose
_IN_STORY = (Role.CAPTION, Role.CREDIT, Role.RELATED)  # lines between its paragraphs
_LEAST_MENU = 15  # entries above all prose, one of which says so, make a page
_STOPS, _AFTER_STOP = frozenset(".!?…"), "*_)\"'”’» "
_SHORTEST_PARAGRAPH = 80  # characters
_WORDS_IN_PARAGRAPH = 12
_NEAR_STORY = 12  # blocks between its paragraphs
_LEAST_RESUMED = 3  # paragraphs beside each other
_LONGEST_ENTRY = 20  # characters
_SHARE_RESUMED = 0.3  # of long words that the story has
_MOST_ABOVE = 300  # characters of paragraphs above a headline, and their share of those below it
_SHARE_ABOVE = 0.5


def _shares(draft: Draft, start: int, end: int, least: float = 0.0) -> tuple[float, float, float]:
    """Return the shares of blocks that are furniture, entries of menus or links, and prose.

    Prose is of at least so many characters.
    """
    size = end - start
    blocks = range(start, end)
    furniture = sum(1 for i in blocks if i in draft.furniture)
    entries = sum(1 for i in blocks if _is_entry(draft, i) or i in draft.dated_rows)
    prose = sum(1 for i in blocks if draft.forms[i] is _PROSE and len(draft.texts[i]) >= least)
    return furniture / size, entries / size, prose / size


def _share_of_story(draft: Draft, start: int, end: int) -> float:
    """Return the share of characters that are in paragraphs of running text without a shape."""
    story = total = 0
    for index in range(start, end):
        size = len(draft.texts[index])
        total += size
        if draft.is_prose(index) and index not in draft.shapes and index not in draft.links:
            story += size
    return story / total


def is_menu(draft: Draft, start: int, end: int, *, by_links: bool = True) -> bool:
    """Return whether the blocks between two are menus, by the shares of what they are.

    Below a headline, links may be the table of contents: `by_links` tells whether they count.
    """
    if end - start < _LEAST_OF_PAGE:
        return False
    if _share_of_story(draft, start, end) > _STORY_IN_MENU:
        return False
    furniture, entries, _ = _shares(draft, start, end)
    links = sum(1 for index in range(start, end) if index in draft.links)
    is_frame = furniture >= _SHARE_IN_MENU or (by_links and links >= _LINKS_IN_MENU * (end - start))
    if not is_frame and end - start >= _LEAST_FOOTER and entries >= _ENTRIES_IN_LONG_MENU:
        # So many lines of a word or two are the settings of a player, or a menu of any house.
        is_frame = furniture * (end - start) >= _FURNITURE_IN_LONG_MENU
    return is_frame and entries >= _ENTRIES_IN_MENU


def footer_after(draft: Draft, first: int, start: int) -> int | None:
    """Return where the menus, links and footers below the story begin; None without any.

    `first` is the first block of the story, and `start` the one after its last.
    """
    size = len(draft) - start
    if size < _LEAST_OF_PAGE or _share_of_story(draft, start, len(draft)) > _STORY_IN_FOOTER:
        return None
    if _has_footer_shares(size, *_shares(draft, start, len(draft))):
        return start
    if _repeats_rows(draft, start):
        return start
    if draft.markdown:  # its headings and items say what is of the story
        return start if _is_frame_of_markdown(draft, start) else None
    # Sentences shorter than the paragraphs of the story sum up other ones, below a label.
    sizes = [len(draft.texts[i]) if draft.is_prose(i) else 0 for i in range(first, start)]
    least = _TEASER * sum(sizes) / max(len(sizes) - sizes.count(0), 1)
    last = max((first + i for i, size in enumerate(sizes) if size >= least), default=start)
    label = next((i for i in range(last + 1, len(draft)) if _opens_rows(draft, i)), None)
    if label is None:
        return None
    return label if _has_footer_shares(size, *_shares(draft, start, len(draft), least)) else None


def _is_frame_of_markdown(draft: Draft, start: int) -> bool:
    """Return whether the blocks from one on are headings of rows, buttons, links and pictures."""
    size = len(draft) - start
    if size < _LEAST_FOOTER or _TITLE not in draft.kinds[:start]:
        return False
    blocks = range(start, len(draft))
    furniture = sum(1 for i in blocks if draft.is_furniture(i) and not draft.is_page_word(i))
    linked = sum(1 for i in blocks if i in draft.links or i in draft.pictures)
    entries = sum(1 for i in blocks if _is_entry(draft, i) or draft.kinds[i] in (_TITLE, _HEADING))
    return (
        furniture >= max(_FURNITURE_IN_PAGE, _FURNITURE_IN_FRAME * size)
        and linked >= _LINKS_IN_FRAME * size
        and entries >= _ENTRIES_IN_FRAME * size
    )


def _repeats_rows(draft: Draft, start: int) -> bool:
    """Return whether the blocks from one on are rows of adverts: the same lines again and again."""
    size = len(draft) - start
    if size < _LEAST_FOOTER:
        return False
    blocks = range(start, len(draft))
    furniture = sum(1 for i in blocks if draft.is_furniture(i))
    prose = sum(1 for i in blocks if draft.is_prose(i))
    again = sum(1 for i in blocks if draft.counts[draft.texts[i]] >= _TIMES_IN_ROWS)
    return furniture > 0 and prose <= _PROSE_IN_FOOTER * size and again >= _AGAIN * size


def _has_footer_shares(size: int, furniture: float, entries: float, prose: float) -> bool:
    """Return whether so many blocks with such shares are a footer."""
    if furniture >= _SHARE_IN_FOOTER:
        return prose <= _PROSE_IN_FOOTER
    has_no_prose = prose <= _NO_PROSE and size >= _LEAST_FOOTER
    return furniture >= _SHARE_IN_MENU and (entries >= _ENTRIES_IN_FOOTER or has_no_prose)


def _opens_rows(draft: Draft, index: int) -> bool:
    """Return whether a block is a label above the titles of other stories."""
    shape = draft.shape(index, Zone.TAIL)
    return shape is not None and shape.opens and shape.role in (Role.FURNITURE, Role.RELATED)


def may_be_page(draft: Draft, titles: list[int]) -> bool:
    """Return whether a text may be a page with its menus: a cheap test that most texts fail."""
    furniture = len(draft.furniture)
    if furniture >= _FURNITURE_IN_PAGE:
        return True
    if draft.links:
        first = _first_prose(draft)
        if _TITLE in draft.kinds:
            first = max(draft.kinds.index(_TITLE), first)
        if sum(1 for i in draft.links if i < first and i not in draft.pictures) >= _LINKS_IN_PAGE:
            return True
    if furniture and menu_after(draft, 0, _LEAST_MENU) < _first_prose(draft):
        return True
    if len(titles) < 2:
        return False
    between = range(titles[0] + 1, titles[-1])
    return sum(1 for index in between if _is_entry(draft, index)) >= _MENU


def _is_entry(draft: Draft, index: int) -> bool:
    """Return whether a block may be an entry of a menu."""
    return index in draft.links or (
        draft.forms[index] is not _PROSE
        and draft.kinds[index] in (_PARAGRAPH, _ITEM)
        and len(draft.texts[index].split()) <= _WORDS_IN_ENTRY
    )


def _first_prose(draft: Draft) -> int:
    return next((i for i in range(len(draft)) if draft.is_prose(i)), len(draft))


def menu_after(draft: Draft, start: int, least: int = _MENU) -> int:
    """Return the first block, from `start`, of a run of at least so many entries of menus."""
    first = None
    for index in range(start, len(draft)):
        if not _is_entry(draft, index):
            first = None
            continue
        first = index if first is None else first
        if index - first + 1 >= least:
            return first
    return len(draft)


def headline_above(draft: Draft, start: int) -> int:
    """Return the headline of a page that repeats no title, above a block; the block without any.

    It is the line with the most evidence. It shares words with the story, has a byline or a date
    below it, stands twice, or has more words than an entry of a menu.
    """
    heads = range(start, max(start - _FAR_BELOW_TITLE, -1), -1)
    title = next((index for index in heads if draft.kinds[index] is _TITLE), None)
    if title is not None:
        return title
    likely = [index for index in heads[1:] if _may_be_headline(draft, index)]
    if not likely:
        return start
    words = {index: words_of(draft.texts[index]) for index in likely}
    stems = draft.stems_of_prose(range(start, len(draft)), _FIRST_PARAGRAPHS)
    scores = {
        index: (
            _SHARED * share_of_stems(draft, words[index], stems)
            + _STANDS_TWICE * any(repeats(draft, index, other) for other in likely)
            + _above_imprint(draft, index, start)
            + _WORD * min(len(words[index]), _MOST_WORDS)
            - _DISTANCE * (start - index)
        )
        for index in likely
    }
    best = max(likely, key=lambda index: scores[index])
    return best if scores[best] >= _LEAST_OF_HEADLINE else start


def share_of_stems(draft: Draft, words: list[str], stems: frozenset[str]) -> float:
    """Return the share of the long words of a line that paragraphs with such stems have, too."""
    long = [word for word in words if len(word) >= LONG_WORD]
    long = [word for word in long if word not in draft.newsroom.function_words]
    if len(long) < _LEAST_SHARED:
        return 0.0
    return sum(word[:STEM] in stems for word in long) / len(long)


def repeats(draft: Draft, index: int, other: int) -> bool:
    """Return whether a line above another one repeats it, perhaps with the name of a house."""
    text, above = draft.texts[index], draft.texts[other]
    return other < index and (
        above == text or (above.startswith(text) and above[len(text) :][:2] in _HOUSES)
    )


def _above_imprint(draft: Draft, index: int, start: int) -> float:
    """Return what a byline or a date near below a line says for it."""
    likely = 0.0
    for near in range(index + 1, min(index + 1 + _ABOVE_IMPRINT, start)):
        imprint = draft.imprint(near)
        if imprint and imprint.is_byline:
            says_by = draft.newsroom.bylines.begins(draft.texts[near])
            return _BY_BELOW if says_by else _BYLINE_BELOW
        is_row = (
            near + 1 < start
            and _may_be_headline(draft, near + 1)
            and len(draft.texts[near + 1].split()) >= _WORDS_IN_ROW
        )
        if imprint and imprint.date and not is_row:
            likely = _DATE_BELOW
    return likely


def _may_be_headline(draft: Draft, index: int) -> bool:
    return (
        (draft.is_line(index) or _cries(draft.texts[index]))
        and draft.kinds[index] is not _ITEM
        and len(draft.texts[index].split()) > _WORDS_IN_ENTRY
        and index not in draft.shapes
        and index not in draft.links
        and not draft.newsroom.bylines.names_writer(draft.texts[index])
        and index not in draft.dated_rows
        and _TRAIL not in draft.texts[index]
    )


def _cries(text: str) -> bool:
    """Return whether a sentence may be a headline: it ends with a cry, or an abbreviation."""
    return len(text) <= _LONGEST_CRY and text.endswith(("!", *_ABBREVIATED))


def _score(draft: Draft, index: int) -> float:
    """Return how far a block speaks for the story (more than 0) or for the page around it."""
    if draft.is_furniture(index):
        return -2.0
    if index in draft.pictures:
        return 0.0
    if index in draft.links:
        return -1.0
    if draft.kinds[index] is not _PARAGRAPH:
        return 0.0
    form = draft.forms[index]
    shape = draft.shape(index, Zone.STORY)
    if shape and shape.role in _IN_STORY:
        return -0.2
    if form is _PROSE:
        return 0.5 + min(len(draft.texts[index]), _LONGEST_SCORED) / 100
    return -0.3 if form is _QUESTION else -1.0


def is_paragraph(draft: Draft, index: int) -> bool:
    """Return whether a block is a paragraph of some length that ends a sentence, without shape."""
    text = draft.texts[index]
    return (
        len(text) >= _SHORTEST_PARAGRAPH
        and draft.is_prose(index)
        and draft.shape(index, Zone.STORY) is None
        and index not in draft.titles
        and text.rstrip(_AFTER_STOP)[-1:] in _STOPS
        and len(text.split()) >= _WORDS_IN_PARAGRAPH
    )


def paragraph_above(draft: Draft, headline: int, first: int) -> int:
    """Return the first paragraph above a headline that is too much for a menu; else the headline.

    Menus of pages have none, or blurbs of their sections; a digest has some between its links.
    """
    above = [index for index in range(headline) if is_paragraph(draft, index)]
    if not above:
        return headline
    size = sum(len(draft.texts[index]) for index in above)
    if size < _MOST_ABOVE:
        below = sum(len(draft.texts[i]) for i in range(first, len(draft)) if is_paragraph(draft, i))
        if size < _SHARE_ABOVE * below:
            return headline
    return above[0]


def story_of_page(draft: Draft) -> tuple[int, int]:
    """Return the first block of the maximum subsequence of scores, and the block after its last."""
    best, best_start, best_end = 0.0, 0, len(draft)
    total, start = 0.0, 0
    for index in range(len(draft)):
        if total <= 0:
            total, start = 0.0, index
        total += _score(draft, index)
        if total > best:
            best, best_start, best_end = total, start, index + 1
    return best_start, best_end


def resumed_end(draft: Draft, first: int, end: int) -> int:
    """Return the block after the last paragraphs of a story that goes on below links and adverts.

    Three or more paragraphs stand beside each other, and have words of the story above them. None
    begins with a title that stands there, as one that sums up another story does. `first` is the
    first block of the story, and `end` the one after those found so far.
    """
    stems: frozenset[str] | None = None
    index = end
    while index < min(end + _NEAR_STORY, len(draft) - 1):
        run = index
        while run < len(draft) and is_paragraph(draft, run):
            run += 1
        titles = tuple([text for text in draft.texts[end:index] if len(text) > _LONGEST_ENTRY])
        if run - index >= _LEAST_RESUMED and not any(
            text.startswith(titles) for text in draft.texts[index:run]
        ):
            if stems is None:
                stems = draft.stems_of_prose(range(first, end), end - first)
            words = [word for near in range(index, run) for word in words_of(draft.texts[near])]
            if share_of_stems(draft, words, stems) >= _SHARE_RESUMED:
                end = run
        index = run + 1
    return end


def comments_after(draft: Draft, lead: int, end: int) -> int:
    """Return the label above what readers say of the story, in blocks up to `end`; `end` without.

    Some paragraphs of the story stand above it, and readers write less than a paragraph each: a row
    of buttons between paragraphs may count comments as well.
    """
    labels = sorted(i for i in draft.furniture if lead + 1 < i < end)
    if not labels:
        return end
    prose = [
        form is _PROSE and kind is _PARAGRAPH
        for form, kind in zip(draft.forms, draft.kinds, strict=True)
    ]
    counts = list(accumulate(prose, initial=0))
    sizes = list(
        accumulate(
            (
                len(text) if is_prose else 0
                for text, is_prose in zip(draft.texts, prose, strict=True)
            ),
            initial=0,
        )
    )
    for index in labels:
        if not draft.newsroom.comments.fullmatch(bare(draft.texts[index]).rstrip(".:")):
            continue
        above, below = counts[index] - counts[lead], counts[-1] - counts[index]
        total, rest = sizes[index] - sizes[lead], sizes[-1] - sizes[index]
        if above < _ABOVE_COMMENTS or rest >= total:
            continue
        if rest * above <= _COMMENT * total * below:  # the mean lengths of paragraphs
            return index
    return end


def is_breadcrumb(draft: Draft, index: int) -> bool:
    """Return whether a title ends a row that leads to it from the home page, or opens no story."""
    if index + 1 < len(draft) and draft.is_title(index + 1):
        return True
    entries = 0
    for above in range(index - 1, max(index - _LONGEST_TRAIL, -1), -1):
        if draft.is_home(above):
            return True
        entries += draft.forms[above] is not _MARK
        if entries > _ENTRIES_IN_TRAIL or len(draft.texts[above].split()) > 2:
            return False
    return False
