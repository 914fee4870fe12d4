"""Finds the lead: the first prose of the story that is no note, caption or furniture."""

from collections.abc import Mapping, Sequence

from nutgraf_index.analysis.languages.newsroom import Zone
from nutgraf_index.model import Role
from nutgraf_index.passages.completion.imprint import Imprint
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.roles.draft import NEVER_LEAD, STATED_ROLES, Draft
from nutgraf_index.passages.roles.forms import (
    LONGEST_TEXT_LABEL,
    Form,
    is_label,
    is_speech,
    is_text_label,
    is_wire_code,
)

__all__ = ["is_about_author", "is_remark", "lead_of", "may_lead", "stands_twice"]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_WORDS_IN_ENTRY = 3
_WORDS_IN_ANNOUNCEMENT = 6  # "On Tuesday the board voted on these laws:"
_ASKS = ("Q ", "Q.")  # of transcripts
_NEAR_SPEECH = 4  # blocks between two that begin with a label in capitals
_NEAR_CREDIT = 3  # blocks between the credit of a picture and the story
_BLOCKS_WITH_DATELINE = 14
_PROSE_ABOVE_DATELINE = 2  # paragraphs
_LONGEST_DECK = 320  # characters
_LONGEST_HEADLINE = 160  # characters of two sentences
_BLOCKS_ABOVE_BYLINE = 5
_MOST_HIGHLIGHTS = 8
_DECKS_BELOW = 3  # blocks between a dateline in a block of its own and the story, and one
_NEVER_FIRST = frozenset("%/\\|+=")
_BRACKETS = {"(": ")", "[": "]"}
_QUOTES = '"“”«»'
_LONG_HIGHLIGHT = 100  # characters


def may_lead(draft: Draft, index: int) -> bool:
    """Return whether a block may be the first prose of the story, by what it says itself."""
    if draft.forms[index] is _QUESTION and draft.kinds[index] is _PARAGRAPH:
        # The question of an interview, or one that opens an article with a title of its own.
        is_asked = index > 0 and (is_label(draft.texts[index]) or draft.texts[index][:2] in _ASKS)
        opens = index == 0 and draft.title and len(draft.texts[0].split()) > _WORDS_IN_ENTRY
        return bool(is_asked or opens) and index not in draft.titles
    if not draft.is_prose(index):
        if draft.forms[index] is not _LINE or draft.kinds[index] is not _PARAGRAPH:
            return False
        following = index + 1
        goes_on = (
            following < len(draft)
            and draft.texts[following][0].islower()
            and draft.forms[following] is _PROSE
            and len(draft.texts[index].split()) > _WORDS_IN_ENTRY
        )
        others = range(following, min(index + _NEAR_SPEECH, len(draft)))
        speaks = index and is_speech(draft.texts[index])
        announces = draft.texts[index][-1] == ":" and _announces(draft.texts[index].split())
        # A label in a line of its own names who speaks; "EXCLUSIVE: ..." may be a headline.
        if speaks and ":\n" not in draft.texts[index]:
            speaks = any(is_speech(draft.texts[other]) for other in others)
        if not (goes_on or speaks or announces):
            return False
    shape = draft.shape(index, Zone.HEAD)
    if draft.is_title(index) or draft.texts[index][0] in _NEVER_FIRST:
        return False
    # A sentence may begin with "By".
    if shape is not None and shape.role in NEVER_LEAD and shape.role is not Role.BYLINE:
        return False
    if not draft.is_captioned(index) or any(map(draft.texts[index].__contains__, _QUOTES)):
        return True
    below = range(index + 2, min(index + 2 + _NEAR_CREDIT, len(draft)))
    return not any(draft.is_prose(near) for near in below)


def _announces(words: Sequence[str]) -> bool:
    """Return whether words with a colon are those of a sentence, and not a label."""
    small = sum([word[0].islower() for word in words])
    return len(words) >= _WORDS_IN_ANNOUNCEMENT and 2 * small >= len(words)


def lead_of(draft: Draft, start: int, end: int, *, is_page: bool) -> tuple[int, dict[int, Imprint]]:
    """Return the index of the lead, and the imprints above it."""
    imprints: dict[int, Imprint] = {}
    texts = draft.texts
    start = max(_label_end(draft, start, end), draft.opinion)
    prose: list[int] = []
    above: Imprint | None = None
    opens = True
    listed = 0
    for index in range(start, end):
        if draft.kinds[index] in STATED_ROLES:
            continue
        shape = draft.shape(index, Zone.HEAD)
        if (
            (is_page or len(prose) < _PROSE_ABOVE_DATELINE)
            and index < start + _BLOCKS_WITH_DATELINE
            and draft.forms[index] not in (_MARK, _ADDRESS)
            and not (shape and shape.role in NEVER_LEAD)
            and not draft.is_title(index)
            and (dateline := draft.dateline(index))
            and not _stands_alone(draft, index, dateline.end)
        ):
            return index, imprints
        imprint = None
        if draft.kinds[index] is _PARAGRAPH or draft.kinds[index] is _ITEM:
            imprint = draft.imprint(index, opens=opens, above=above)
        if imprint and (
            (draft.is_title(index) and draft.title and not imprint.is_byline)
            or (
                draft.forms[index] is _PROSE
                and imprint.is_byline
                and not imprint.authors
                and "\n" not in texts[index]
            )
        ):
            imprint = None
        opens, above = False, imprint
        if shape and shape.role is Role.LIST and shape.opens:
            listed = _highlights_end(draft, index + 1, end)
        if imprint and draft.forms[index] not in (_MARK, _ADDRESS):
            imprints[index] = imprint
        elif (
            index >= listed
            and may_lead(draft, index)
            and not is_remark(draft, index)
            and not is_about_author(draft, index, imprints)
            and not (is_page and _stands_again(draft, index))
        ):
            prose.append(index)
        # A headline may be a sentence as well as its deck, above the byline.
        has_headline = draft.title or (prose and len(texts[prose[-1]]) > _LONGEST_DECK)
        if len(prose) == (2 if has_headline and not is_page else 3) or (
            prose and index > prose[0] + _BLOCKS_ABOVE_BYLINE
        ):
            break
    if not prose:
        return _lead_without_prose(draft, start, end, imprints), imprints
    first = prose[0]
    # A short sentence between the headline and the byline is a deck; a headline of two sentences
    # may stand right above the date.
    is_headline = len(texts[first]) <= _LONGEST_HEADLINE and texts[first][-1].isalnum()
    is_deck = len(texts[first]) <= _LONGEST_DECK and any(
        (imprint.is_byline or is_page or (index == first + 1 and is_headline))
        and first < index <= first + _BLOCKS_ABOVE_BYLINE
        and (is_page or _is_near_deck(draft, prose, index))
        for index, imprint in imprints.items()
    )
    if is_deck:
        after = max(index for index in imprints)
        second = _lead_below(draft, after + 1, end)
        if second is not None:
            return second, imprints
    return first, {index: imprint for index, imprint in imprints.items() if index < first}


def _lead_below(draft: Draft, start: int, end: int) -> int | None:
    """Return the first block from one on that may lead and is none of the story's highlights."""
    listed = start
    for index in range(start, end):
        shape = draft.shape(index, Zone.HEAD)
        if shape and shape.role is Role.LIST and shape.opens:
            listed = _highlights_end(draft, index + 1, end)
        if index >= listed and may_lead(draft, index):
            return index
    return None


def is_remark(draft: Draft, index: int) -> bool:
    """Return whether a paragraph above the story is a remark in brackets from end to end.

    A headline stands above it, or a byline or dateline below it. Novels and plays print asides and
    directions so, above what speakers say or more than once.
    """
    text, below = draft.texts[index], index + 1
    return (
        text[-1] == _BRACKETS.get(text[0])
        and text.count(text[0]) == 1
        and (
            index > 0
            or (below < len(draft) and draft.newsroom.bylines.begins(draft.texts[below]))
            or (below < len(draft) and draft.dateline(below) is not None)
        )
        and not draft.has_speakers
        and not any(
            draft.is_prose(other) and after[-1] == text[-1] and after[0] == text[0]
            for other, after in enumerate(draft.texts[below:], below)
        )
    )


def is_about_author(draft: Draft, index: int, imprints: Mapping[int, Imprint]) -> bool:
    """Return whether a paragraph begins with the name of an author of the bylines above the story.

    No other paragraph names the author: "Maja Orlo will appeal" is of a story about Maja Orlo.
    """
    return any(
        " " in name and draft.begins_with_name(index, name) and not draft.tells_of(name)
        for imprint in imprints.values()
        for name in imprint.authors
    )


def stands_twice(draft: Draft, index: int) -> bool:
    """Return whether a paragraph stands beside itself, as the description of a picture may."""
    text = draft.texts[index]
    return text in (*draft.texts[max(index - 1, 0) : index], *draft.texts[index + 1 : index + 2])


def _stands_again(draft: Draft, index: int) -> bool:
    """Return whether a paragraph stands again below the buttons of a page: it is a deck above."""
    below = draft.texts[index + 2 : index + _BLOCKS_WITH_DATELINE]
    if draft.texts[index] not in below:
        return False
    again = index + 2 + below.index(draft.texts[index])
    return any(draft.is_furniture(near) for near in range(index + 1, again))


def _is_near_deck(draft: Draft, prose: list[int], byline: int) -> bool:
    """Return whether a byline stands below the first prose, or right below the second with "By"."""
    if len(prose) == 1 or byline < prose[1]:
        return prose[0] > 0 or draft.newsroom.bylines.begins(draft.texts[byline])
    return byline == prose[1] + 1 and draft.newsroom.bylines.begins(draft.texts[byline])


def _stands_alone(draft: Draft, index: int, dateline_end: int) -> bool:
    """Return whether a dateline is a block of its own above the lead: a date may follow in it."""
    below = range(index + 1, min(index + 1 + _DECKS_BELOW, len(draft)))
    if draft.forms[index] is _PROSE or not any(draft.is_prose(near) for near in below):
        return False
    return not any(word[0].islower() for word in draft.texts[index][dateline_end:].split())


def _label_end(draft: Draft, start: int, end: int) -> int:
    """Return the block after a label such as "Body", which stands above the text in exports."""
    sizes = draft.traits.sizes[start : min(start + _BLOCKS_WITH_DATELINE, end)]
    if not sizes or min(sizes) > LONGEST_TEXT_LABEL:
        return start  # nearly always
    label = next((i for i, _ in enumerate(sizes, start) if is_text_label(draft.texts[i])), None)
    return start if label is None or label + 1 >= end else label + 1


def _highlights_end(draft: Draft, start: int, end: int) -> int:
    """Return the first block after the sentences under a label such as "Story highlights".

    They are shorter than the lead, which may be anything after a dateline.
    """
    longest = 0
    for index in range(start, min(start + _MOST_HIGHLIGHTS, end)):
        text = draft.texts[index]
        shape = draft.shape(index, Zone.STORY) if longest else None
        if (
            draft.dateline(index)
            or (longest and len(text) > 1.2 * longest)
            or (shape and shape.role in (Role.CAPTION, Role.CREDIT))
        ):
            return index
        if draft.is_prose(index):
            longest = max(longest, len(text), _LONG_HIGHLIGHT)
    return start


def _lead_without_prose(draft: Draft, start: int, end: int, imprints: dict[int, Imprint]) -> int:
    """Return the lead of a text without running text: its first line below the headline."""
    candidates = [
        index
        for index in range(start, end)
        if draft.kinds[index] not in (_TITLE, _HEADING)
        and STATED_ROLES.get(draft.kinds[index]) in (None, Role.LIST, Role.BODY)
        and index not in imprints
        and not is_wire_code(draft.texts[index])
        and not ((shape := draft.shape(index, Zone.HEAD)) and shape.role in NEVER_LEAD)
    ]
    worded = [index for index in candidates if draft.forms[index] not in (_MARK, _ADDRESS)]
    prose = [index for index in worded if draft.forms[index] is _PROSE]
    if prose:
        return prose[0]
    if not worded:
        return candidates[0] if candidates else len(draft)
    has_headline = any(draft.kinds[index] in (_TITLE, _HEADING) for index in range(worded[0]))
    if len(worded) > 1 and not has_headline and (draft.is_title(worded[0]) or not draft.title):
        return worded[1]
    return worded[0]
