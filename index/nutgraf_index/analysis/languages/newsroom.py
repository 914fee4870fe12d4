"""What newsrooms write, as a language defines it: shapes, words, and words of sentences.

Articles are read by them; a search needs none.
"""

from enum import StrEnum
from typing import NamedTuple

from nutgraf_index.model import Role

__all__ = [
    "ANYWHERE",
    "NEWSROOM",
    "NO_NEWSROOM",
    "SENTENCES",
    "NewsroomWords",
    "SentenceWords",
    "Shape",
    "Zone",
]

# Matches nothing, also as an alternative and before what follows it.
_NEVER = "(?!)"


class Zone(StrEnum):
    """A part of an article: above its story, the story, or after it."""

    HEAD = "head"
    STORY = "story"
    TAIL = "tail"


ANYWHERE = tuple(Zone)


class Shape(NamedTuple):
    """A row of the table of shapes: how a passage of a role may read, from end to end.

    A passage is compared without emphasis, addresses of links, and the brackets and bullets around
    it; white space counts as one blank, and quotation marks are straight. Case is ignored, except
    where a pattern says otherwise.

    `begins`, `ends` and `within` are plain texts in lower case, parted by bars. Few passages have
    such a text, so nearly all are dismissed without a regular expression. A row has one of the
    three, or is `named`, which may have `within`, too; the rows without any are for short lines
    that begin with no letter.

    Attributes:
        role: the role of a passage of this shape.
        pattern: a regular expression for what follows `begins`, or stands before `ends`, or for the
            whole passage if the row has neither. Closing punctuation may follow. `{name}` stands
            for a name, `{fullname}` for one of two words or more, `{names}` for several, `{agency}`
            for the name of an agency.
        example: an invented passage of this shape.
        begins: the words that open the passage.
        ends: the words that close it.
        within: texts of which one is somewhere in it; each costs time in every article, unless the
            passage begins with a full name.
        named: whether it begins with a full name. Such a passage is looked for only among the first
            and the last blocks of an article.
        newcomer: whether no other paragraph of the article has the name that it begins with.
        zones: where in an article such a passage may stand.
        longest: the most characters of such a passage.
        opens: whether the lines after it belong to it, such as the titles under "Read more:".
        names_only: whether it has no other words than names and `NewsroomWords.credit_words`.
        marked: whether it stands in brackets or in emphasis, from end to end.
    """

    role: Role
    pattern: str
    example: str
    begins: str = ""
    ends: str = ""
    within: str = ""
    named: bool = False
    newcomer: bool = False
    zones: tuple[Zone, ...] = ANYWHERE
    longest: int = 400
    opens: bool = False
    names_only: bool = False
    marked: bool = False


class SentenceWords(NamedTuple):
    """The words by which layout tells where sentences end.

    Attributes:
        abbreviations: words whose full stop ends no sentence, in lower case without its last full
            stop; single letters need not be listed.
        unfinished: words that are not the last of a sentence or a headline, in lower case.
        small_words: words that titles write with a small letter.
        speech_dashes: dashes that open a paragraph of speech, besides the em dash.
    """

    abbreviations: frozenset[str] = frozenset()
    unfinished: frozenset[str] = frozenset()
    small_words: frozenset[str] = frozenset()
    speech_dashes: str = ""


class NewsroomWords(NamedTuple):
    """The words that identify bylines, datelines, dates, notes and credits.

    Each text is a regular expression that ignores case, unless noted otherwise.

    Attributes:
        months: the names of the twelve months, in order; each further twelve are other forms.
        weekday: a day of the week; datelines match its case.
        dateline_month: a month as datelines write it; they match its case.
        by: the words that begin a byline, in lower case, parted by bars.
        byline_label: the label of a byline in a field.
        joiner: the word between two names.
        name_joiner: further words between two names.
        others: authors who are counted and not named.
        name_tail: the word between a name and its place.
        unfinished: the words that a line does not end with unless it goes on; they match its case.
        job: a job or desk in place of a name.
        writer: a regular expression of the jobs that stand after a name without "By".
        for_house: the words before a house in a line under a byline.
        not_names: what follows "by" and is no name, in lower case.
        published: the words before a date of publication.
        updated: the words before a date of a later version.
        at: the word before a time of publication.
        age: how old an article is, as pages say it beside the name of its author.
        wrote: the words before "by" in a byline such as "Written by".
        paper: a word in the names of newspapers, agencies and stations.
        house: those words of `paper` that no person has as a surname.
        house_words: the words of the names of houses that are not capitalised, in lower case.
        office: the last word of the names of offices and companies in the titles of pages.
        labels: words of which any in capitals before a dash tells a label from a place.
        cities: the cities that datelines name without a state or country, in lower case.
        regions: states, provinces and countries as datelines name them, in lower case and without
            a full stop at the end.
        not_places: words that are in capitals before a dash but are not places, in lower case.
        shapes: the table of shapes; of the shapes that a passage has, the first counts.
        credit_words: the words of credits, except names, in lower case.
        labels_below: the labels that stand below the title of another story, in lower case.
        page_words: the lines of menus and footers, in lower case: each may be a line of a story,
            but several beside each other are furniture.
        comments: a label above what readers say of an article.
        short_weekday: the abbreviation of a day of the week.
        day_tail: what may follow the number of a day: "st" of "1st", "." of "1. Mai".
        date_joiner: the word that may stand before the month and before the year: "de".
        year_tail: what may follow the number of a year.
        half: what may follow a time of day: "am", "Uhr".
        small_letters: the small letters of its script, for a class of characters.
        day_order: "dmy" if 4/3/2021 is a day in March, "mdy" if in April; empty if both are used.
    """

    months: tuple[str, ...] = ()
    weekday: str = _NEVER
    dateline_month: str = _NEVER
    by: str = _NEVER
    byline_label: str = _NEVER
    joiner: str = _NEVER
    name_joiner: str = _NEVER
    others: str = _NEVER
    name_tail: str = _NEVER
    unfinished: str = _NEVER
    job: str = _NEVER
    writer: str = _NEVER
    for_house: str = _NEVER
    not_names: frozenset[str] = frozenset()
    published: str = _NEVER
    updated: str = _NEVER
    at: str = _NEVER
    age: str = _NEVER
    wrote: str = _NEVER
    paper: str = _NEVER
    house: str = _NEVER
    house_words: frozenset[str] = frozenset()
    office: str = _NEVER
    labels: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    not_places: frozenset[str] = frozenset()
    shapes: tuple[Shape, ...] = ()
    credit_words: frozenset[str] = frozenset()
    labels_below: frozenset[str] = frozenset()
    page_words: frozenset[str] = frozenset()
    comments: str = _NEVER
    short_weekday: str = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?"
    day_tail: str = "st|nd|rd|th"
    date_joiner: str = ""
    year_tail: str = ""
    half: str = r"[ap]\.?m\b\.?"
    small_letters: str = "a-z"
    day_order: str = ""


#: The newsroom words of a language whose newsroom words are not known: none matches.
NEWSROOM = NO_NEWSROOM = NewsroomWords(day_order="dmy")
#: Its words of sentences.
SENTENCES = SentenceWords()
