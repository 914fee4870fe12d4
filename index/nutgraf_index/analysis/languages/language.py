"""The definition of a language: its rules for terms, and the words of its newsrooms."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from nutgraf_index.analysis.languages.shape import Shape

__all__ = [
    "NO_NEWSROOM",
    "Compounding",
    "Language",
    "NewsroomWords",
    "SentenceWords",
    "entries",
    "spaced",
    "words",
]

# Matches nothing, also as an alternative and before what follows it.
_NEVER = "(?!)"


class Compounding(NamedTuple):
    """How a language writes compounds: two words as one.

    Attributes:
        links: the folded linking elements that may stand between the words, as the s of Landtag
            and the n of Sonnenschein.
        shortest: the number of letters of the shortest word that counts as a part.
        fewest: the number of passages that must have a part, in its own or another form, by itself.
    """

    links: tuple[str, ...] = ()
    shortest: int = 4
    fewest: int = 2


def entries(text: str) -> list[str]:
    """Return the entries of a text that bars part, also over several lines.

    >>> entries("más noticias | portada |")
    ['más noticias', 'portada']
    """
    return [" ".join(entry.split()) for entry in text.split("|") if entry.strip()]


def words(text: str) -> frozenset[str]:
    """Return the entries of a text that bars part, as a set."""
    return frozenset(entries(text))


def spaced(text: str) -> frozenset[str]:
    """Return the words of a text that blanks part, as a set."""
    return frozenset(text.split())


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
NO_NEWSROOM = NewsroomWords(day_order="dmy")


class Language(NamedTuple):
    """A language of articles and queries.

    Attributes:
        code: the code of ISO 639-1, or of ISO 639-3 if there is none.
        name: the English name.
        stemmer: the name of a Snowball algorithm; empty for a language without a stemmer.
        stop_words: folded words that a query searches only in quotes.
        request_words: folded words that a query does not search at its beginning.
        question_words: folded words that begin a question.
        newest_words: folded words that ask for the newest articles, as "latest"; up to three
            words in a row are one entry.
        after_hyphens: folded words that may follow a hyphen, as in "pre- and post-war".
        clipped: the ends of contractions whose apostrophe became a blank (don t), each with the
            words before it, which do not count either; without any, the end follows any word and
            a word follows it (Ann s hat).
        newsroom_module: the name of the module with the constants `NEWSROOM`, the words of its
            newsrooms, and `SENTENCES`, the words by which layout tells where sentences end; empty
            if they are not known. It is imported on first use: only articles are read by them.
        letters: returns a text with characters that another one stands for in this language (I
            for ı in Turkish), each in place of one; None for a language without any.
        keeps_accents: whether words are stemmed in lower case with their accents, and the stem is
            folded; else the folded word is stemmed.
        spelling: returns the normalised spelling of a word, before stemming.
        stem_variants: takes the stemmer; returns stems with the stems that replace them.
        folded_stem: returns the term of a stem with accents; None for the folding of words.
        stem_length: the number of letters after which a stem is cut; 0 for whole stems.
        elision: the pattern of an elided article at the beginning of a folded word, with its
            apostrophe; empty for a language without any. The word without it is a word as well.
        article: the pattern of an elided article at the beginning of a folded word, with its
            apostrophe, which is not part of the word.
        suffix: the pattern of a suffix at the end of a folded word, with its apostrophe, which is
            not part of the word.
        compounding: how compounds are written; None for a language without compounds.
        has_pieces: whether pieces of the query's words add to the scores of the best passages.
        sounds: rules, a regular expression and its replacement each, applied in order; they turn
            words that sound alike into the same key.
    """

    code: str
    name: str
    stemmer: str = ""
    stop_words: frozenset[str] = frozenset()
    request_words: frozenset[str] = frozenset()
    newsroom_module: str = ""
    question_words: frozenset[str] = frozenset()
    newest_words: frozenset[str] = frozenset()
    after_hyphens: frozenset[str] = frozenset()
    letters: Callable[[str], str] | None = None
    keeps_accents: bool = False
    spelling: Callable[[str], str] = lambda word: word
    stem_variants: Callable[[Callable[[str], str]], Mapping[str, str]] = lambda stem: {}
    folded_stem: Callable[[str], str] | None = None
    stem_length: int = 0
    clipped: Mapping[str, frozenset[str]] = {}
    elision: str = ""
    article: str = ""
    suffix: str = ""
    compounding: Compounding | None = None
    has_pieces: bool = True
    sounds: tuple[tuple[str, str], ...] = ()

    @property
    def newsroom(self) -> NewsroomWords:
        """The words of its newsrooms."""
        module = self.newsroom_module
        words: NewsroomWords = import_module(module).NEWSROOM if module else NO_NEWSROOM
        return words

    @property
    def sentences(self) -> SentenceWords:
        """The words by which layout tells where sentences end."""
        module = self.newsroom_module
        words: SentenceWords = import_module(module).SENTENCES if module else SentenceWords()
        return words

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)
