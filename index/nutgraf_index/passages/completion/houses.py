"""Houses: the newspapers, agencies and stations that lines around a headline name."""

import re
from functools import lru_cache

from nutgraf_index.analysis.languages.newsroom import NewsroomWords
from nutgraf_index.properties.authors import AGENCIES, PARTICLES

__all__ = ["Houses", "bare_line", "is_capitalised", "is_uncased", "without_addresses"]

_EMPHASIS = "*_ \t"
_WORDS_IN_A_HOUSE = 6
_WORDS_IN_A_JOB = 10
_LONGEST_LINE = 100  # characters
# What agencies print around lines: "^By JANE ROE=", "&UR; By JANE ROE &QC;", "Title <".
_WIRE_MARKS = re.compile(r"^(?:\^|&\w{2,4};|\s)+|(?:[=<^]|&\w{2,4};|\s)+$")
_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[^\s<>()@]+@[^\s<>()]+\.\w+[>)\]]?|(?<!\w)@\w+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKED_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
# Saved web pages break a line at each link: "By" and the name stand on lines of their own.
_BREAK = re.compile(r"(?<=[,:])\s*\n\s*|\s*\n\s*(?=[,;|/·•(]|and\b|&)")
_OWNS = ("'s", "’s")
_CAMEL = re.compile(r"[A-Z]\w*[a-z]\w*[A-Z]\w*")
_ACRONYM = re.compile(r"(?!TV|IT|AI|EU|UN|US|UK)[A-Z]{2,5}")
# Names of agencies that are printed in another form than the one they are known by.
_KNOWN_AS = {"reuter": "Reuters"}


class Houses:
    """Recognises the houses of a language, and the lines with jobs and houses under bylines."""

    def __init__(self, words: NewsroomWords) -> None:
        def pattern(expression: str) -> re.Pattern[str]:
            return re.compile(expression, re.IGNORECASE)

        joiners = rf"{words.joiner}|{words.name_joiner}"
        self.piece_break = pattern(rf"\s*(?:[,;|/&·•()]|\s[-–—]\s|\b(?:{joiners})\b(?=\s|$))\s*")
        self.tail = re.compile(rf"(?:^|\s+)(?i:{words.name_tail})\s+([^\W\d_a-z].*)$")
        self.job = pattern(rf"\b(?:{words.job})\b")
        self.small_words = PARTICLES | words.house_words
        self.places = words.cities | words.regions
        self._for_house = pattern(rf"(?:{words.for_house})\s+(?=\S)")
        self._paper = pattern(rf"(?:{words.paper})")
        self._house = pattern(rf"(?:{words.house})")
        self._labels = words.labels
        self._second = lru_cache(maxsize=1 << 10)(self._of_second_line)

    def second_line(self, text: str) -> str | None:
        """Return the house in the line under a name, empty for a job alone; None for other lines.

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> houses = Houses(ENGLISH.newsroom)
        >>> houses.second_line("AP Economics Writer"), houses.second_line("Staff writer")
        ('AP', '')
        """
        return self._second(bare_line(text)) if len(text) <= _LONGEST_LINE else None

    def _of_second_line(self, text: str) -> str | None:
        text = text.strip(_EMPHASIS + ",;|()[]-–—")
        if not text or "\n" in text:
            return None
        bare = without_addresses(text).strip(_EMPHASIS + ",;|()/")
        if not bare or _LINK.fullmatch(bare):
            return ""
        if agency := self.agency(bare):
            return agency
        if match := self._for_house.match(bare):
            house = bare[match.end() :].strip()
            house = self.job.sub("", house).strip() if self.job.search(house) else house
            bare_house = house.removeprefix("the ")
            return house if self.is_house(bare_house) else "" if self._is_job(bare) else None
        house, *places = bare.split(", ")
        if self.is_house(house) and all(
            is_capitalised(place, self.small_words) and not self.job.search(place)
            for place in places
        ):
            return house
        if not self._is_job(bare):
            return None
        for piece in self.piece_break.split(bare):
            house = self.tail.sub("", piece)
            if not self.job.search(house) and self.is_house(house):
                return house
            if (tail := self.tail.search(piece)) and self.is_house(tail[1]):
                return tail[1]
        return self._before_job(bare)

    def _is_job(self, text: str) -> bool:
        """Return whether a line is a job with a house, beat or place, and not a sentence."""
        jobs = list(self.job.finditer(text))
        words = text.split()
        if not jobs or len(words) > _WORDS_IN_A_JOB or (text[-1] in ".!?:" and len(words) > 2):
            return False
        rest = text[jobs[-1].end() :]
        if rest[:2].casefold() in _OWNS:
            return False  # "Editor's Note"
        goes_on = not rest or rest[0] in ",;|/()" or self.tail.match(rest) is not None
        return words[0][0].isupper() and (goes_on or is_capitalised(text, self.small_words))

    def _before_job(self, text: str) -> str:
        """Return the house before a job: "Port Post" of "Port Post Political Writer"."""
        match = self.job.search(text)
        before = self.piece_break.split(text[: match.start() if match else None])[-1]
        words = before.split()
        for count in (4, 3, 2, 1):
            head = " ".join(words[:count])
            if len(words) >= count and head.casefold() in AGENCIES:
                return head
        ends = [number for number, word in enumerate(words, 1) if self._is_paper(word)]
        if not ends:
            first = words[0] if words else ""
            is_acronym = _ACRONYM.fullmatch(first) and not text.isupper()
            return first if is_acronym and first.casefold() not in self.places else ""
        house = " ".join(words[: ends[-1]])
        return "" if self._house.fullmatch(house) and house.casefold() != "times" else house

    def agency(self, text: str) -> str:
        """Return the agency that a text names and nothing else, with or without brackets.

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> houses = Houses(ENGLISH.newsroom)
        >>> houses.agency("Reuter"), houses.agency("-- (AFP)"), houses.agency("Fox said so")
        ('Reuters', 'AFP', '')
        """
        if len(text) > _LONGEST_LINE:
            return ""
        bare = bare_line(text).strip(" -–—―_*/()[]<>.;:\n")
        folded = bare.casefold()
        if folded not in AGENCIES and not all(
            name.strip() in AGENCIES for name in re.split(r"[/&]", folded)
        ):
            return ""
        return _KNOWN_AS.get(folded) or self.without_article(bare)

    def without_article(self, agency: str) -> str:
        """Return the name of an agency without "The", if it is known without it, too."""
        first, _, rest = agency.partition(" ")
        return rest if rest.casefold() in AGENCIES and first.casefold() == "the" else agency

    def is_house(self, text: str) -> bool:
        """Return whether a text can be the name of a newspaper, agency or station, and only that.

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> houses = Houses(ENGLISH.newsroom)
        >>> houses.is_house("The Port Post"), houses.is_house("Jane Roe")
        (True, False)
        """
        text = text.strip()
        if text.casefold() in AGENCIES:
            return True
        words = text.split()
        if "," in text or not 0 < len(words) <= _WORDS_IN_A_HOUSE:
            return False
        is_label = not self._labels.isdisjoint(text.casefold().split())
        if is_label or (len(words) == 1 and self._house.fullmatch(text)):
            return False
        if len(words) in (2, 3) and words[0].casefold() in AGENCIES:
            return not self.job.search(text) and is_capitalised(text, self.small_words)
        of = next((number for number, word in enumerate(words) if word.lower() == "of"), len(words))
        is_group = of > 2 and words[of - 1].casefold() == "group" and words[of - 2][0].isupper()
        has_paper = of > 0 and self._is_paper(words[of - 2 if is_group else of - 1])
        return (
            (has_paper or (words[0].casefold() == "the" and len(words) > 1))
            and words != ["The"]
            and not self.job.search(text)
            and not (text[-1] in ".…!?" and len(words[-1]) > 4)
            and is_capitalised(text, self.small_words)
        )

    def is_new_house(self, word: str) -> bool:
        """Return whether one word may be a house: it is in capitals, or has some within."""
        if " " in word or word.casefold() in self.places or self.job.search(word):
            return False
        return word.isupper() or _CAMEL.fullmatch(word) is not None

    def _is_paper(self, word: str) -> bool:
        """Return whether a word is one of newspapers: "Post", "Tribune-Herald"."""
        return self._paper.fullmatch(word.rpartition("-")[2]) is not None

    def has_paper(self, house: str) -> bool:
        """Return whether a name is an agency, or has a word of the names of newspapers."""
        return house.casefold() in AGENCIES or any(map(self._is_paper, house.split()))

    def is_surely_house(self, text: str) -> bool:
        """Return whether a text is a house and no person: the last word is no surname."""
        return self.is_house(text) and self._house.fullmatch(text.split()[-1]) is not None


def without_addresses(text: str, by: str = "") -> str:
    """Return a line with something else in place of mail addresses and handles."""
    return _ADDRESS.sub(by, text) if "@" in text else text


def bare_line(text: str) -> str:
    """Return a line without emphasis and the marks of agencies; lines broken at a link are one."""
    if "](" in text:
        text = _MARKED_LINK.sub(r"\1", text.replace(")[", ") | ["))
    text = text.strip(_EMPHASIS + "\n")
    if text[:1] in "^&" or text[-1:] in "=<;^":
        text = _WIRE_MARKS.sub("", text).strip(_EMPHASIS)
    if "\n" in text:
        text = _BREAK.sub(" ", text)
    return text


def is_capitalised(text: str, small: frozenset[str]) -> bool:
    """Return whether all words begin with a capital letter, except the small words of names."""
    words = text.split()
    return (words[0][0].isupper() or is_uncased(words[0][0])) and all(
        not word[0].islower() or word.casefold().strip(",") in small for word in words
    )


def is_uncased(sign: str) -> bool:
    """Return whether a character is a letter of a script without capitals."""
    return sign.isalpha() and sign.lower() == sign.upper()
