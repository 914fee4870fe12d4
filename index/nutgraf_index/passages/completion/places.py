"""Places: the cities, states and countries of datelines, told from labels and acronyms."""

import re

from nutgraf_index.analysis.languages.newsroom import NewsroomWords

__all__ = ["WORDS_IN_A_CITY", "Places", "folded", "goes_on", "is_capitals", "opens"]

WORDS_IN_A_CITY = 5
_SHORTEST_UNKNOWN = 5  # letters of a city in one word that is not known: NATO and NASA are shorter
_SHORT = 3  # letters of the abbreviation of a state, or of a degree: MD
_QUOTES = "\"'“‘«([*_ \t\n`"
_WORDS_IN_CAPITALS = 3  # tell a headline from a text
_SEVERAL = re.compile(r" and | & |/")
_SHORT_REGION = re.compile(r"(?:[A-Z]{2}|[A-Z][a-z]{2,4}\.|(?:[A-Z]\.){2,3})$")
_NUMERAL = re.compile(r"[IVXLCDM]+")
_STRONG_CAPITALS = re.compile(r"(?:Mc|Mac|De|La|Le)(?=[A-Z])")


class Places:
    """Recognises the places of a language."""

    def __init__(self, words: NewsroomWords) -> None:
        self.cities = words.cities
        self.regions = words.regions
        self.stop_words = frozenset(words.unfinished.split("|"))
        self._weekday = re.compile(words.weekday)
        self._month = re.compile(rf"(?i:{words.dateline_month})")
        self._not_places = words.not_places
        self._labels = words.labels
        self.small_words = self.stop_words - {"the", "of", "on"}

    def is_no_place(self, place: str) -> bool:
        """Return whether words cannot be a place: a day, a month, a label, an acronym."""
        city = place.partition(",")[0]
        name = folded(city)
        return (
            self._weekday.search(place.title()) is not None
            or any(self._month.match(part) for part in place.split(", ")[1:])
            or _NUMERAL.fullmatch(city) is not None
            or (self._month.fullmatch(city) is not None and name not in self.cities)
            or name in self._not_places
            or name in self.stop_words
            or (
                not self._labels.isdisjoint(city.casefold().replace("-", " ").split())
                and not (place != city and self.is_known(place))
            )
        )

    def is_known(self, place: str) -> bool:
        """Return whether a place is a city that stands alone, or has a known state or country."""
        city, _, region = place.partition(", ")
        region = region.rpartition(", ")[2] if ", " in region else region
        if region:
            return folded(region) in self.regions and len(city.split()) <= WORDS_IN_A_CITY
        return all(folded(part) in self.cities for part in _SEVERAL.split(city))

    def has_short_region(self, place: str) -> bool:
        """Return whether a place ends with the abbreviation of a state: "CA", "Calif.", "N.Y."."""
        return _SHORT_REGION.search(place) is not None

    def has_long_region(self, place: str) -> bool:
        """Return whether a place ends with the full name of a state or country."""
        region = place.rpartition(", ")[2]
        return region != place and folded(region) in self.regions and len(region) > _SHORT

    def is_city(self, place: str) -> bool:
        """Return whether words in capitals may be a city: no acronym, and not too many words."""
        city, comma, region = place.partition(", ")
        words = city.split()
        if self.is_known(place) or folded(city) in self.regions:
            return True
        folded_words = city.casefold().split()
        if any(map(str.isdigit, city)) or not self.small_words.isdisjoint(folded_words):
            return False
        if folded_words[0] == "the":
            return False
        if comma:
            return len(words) <= WORDS_IN_A_CITY and (
                not region.isupper() or _SHORT_REGION.match(region) is not None
            )
        return len(words) <= WORDS_IN_A_CITY and (
            len(words) > 1 or len(city.strip(".")) >= _SHORTEST_UNKNOWN
        )


def folded(name: str) -> str:
    """Return the name of a place as the tables of a language have it."""
    return name.strip().casefold().rstrip(".")


def is_capitals(city: str) -> bool:
    """Return whether a city is in capitals, as McALLEN and DeKALB are."""
    return _STRONG_CAPITALS.sub("", city).replace(" and ", " ").isupper() or all(
        word.isupper() or word.islower() or _STRONG_CAPITALS.match(word) for word in city.split()
    )


def opens(text: str) -> bool:
    """Return whether a text begins as a sentence does."""
    bare = text.lstrip(_QUOTES)
    return bool(bare) and not bare[0].islower()


def goes_on(text: str) -> bool:
    """Return whether a text is a sentence, and not the rest of a headline in capitals."""
    first = [word for word in text.split()[:_WORDS_IN_CAPITALS] if len(word) > 1]
    return opens(text) and not (first and all(map(str.isupper, first)))
