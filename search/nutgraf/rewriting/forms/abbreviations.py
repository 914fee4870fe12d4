"""The tables of abbreviations and Roman numbers that stand beside another word: St Louis."""

from collections.abc import Mapping

__all__ = [
    "ABBREVIATED",
    "ALONE",
    "SPELLED",
    "WITH_NEXT",
    "WITH_NUMBER",
    "WITH_PREVIOUS",
    "others_of",
]

_Rows = tuple[str, ...]  # of one language, whose code is the key of a table
#: Words that say the same before another word, as in St Louis.
WITH_NEXT: Mapping[str, _Rows] = {
    "en": (
        *("St|Saint", "Mt|Mount", "Ft|Fort", "Dr|Doctor", "Prof|Professor", "Gen|General"),
        *("Lt|Lieutenant", "Sgt|Sergeant", "Capt|Captain", "Col|Colonel", "Adm|Admiral"),
        *("Sen|Senator", "Gov|Governor", "Rev|Reverend"),
    ),
    "de": ("St|Sankt", "Dr|Doktor", "Prof|Professor"),
    "fr": ("St|Saint", "Ste|Sainte", "Dr|Docteur"),
    "es": ("Sta|Santa", "Dr|Doctor", "Dra|Doctora", "Sr|Señor", "Sra|Señora"),
    "it": ("Dott|Dottor", "Prof|Professor"),
    "nl": ("St|Sint", "Dr|Dokter"),
    "pt": ("Dr|Doutor", "Dra|Doutora", "Sr|Senhor", "Sra|Senhora"),
}
#: Words that say the same after another word, as in World War II.
WITH_PREVIOUS: Mapping[str, _Rows] = {
    "en": (
        *("II|2|two", "III|3|three", "IV|4|four", "VI|6|six", "VII|7|seven", "VIII|8|eight"),
        *("IX|9|nine", "Jr|Junior", "Ave|Avenue", "Blvd|Boulevard"),
    ),
    "de": ("II|2|zwei", "III|3|drei"),
}
#: Words that say the same beside a number, as in Art. 5 and 11 Sept.
WITH_NUMBER: Mapping[str, _Rows] = {
    "en": (
        *("Art|Article", "Sec|Section", "Jan|January", "Feb|February", "Apr|April", "Aug|August"),
        *("Sep|Sept|September", "Oct|October", "Nov|November", "Dec|December"),
    ),
    "de": ("Art|Artikel", "Abs|Absatz", "Nr|Nummer"),
    "fr": ("Art|Article",),
    "es": ("Art|Artículo",),
    "it": ("Art|Articolo",),
    "nl": ("Art|Artikel", "Nr|Nummer"),
    "pt": ("Art|Artigo",),
}
#: Words that say the same wherever they stand.
ALONE: Mapping[str, _Rows] = {"en": ("percent|per cent", "vs|versus")}
#: Small numbers in letters, from one on.
SPELLED: Mapping[str, _Rows] = {
    "en": tuple("one two three four five six seven eight nine ten eleven twelve".split()),
    "de": tuple("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()),
    "fr": tuple("un deux trois quatre cinq six sept huit neuf dix onze douze".split()),
    "es": tuple("uno dos tres cuatro cinco seis siete ocho nueve diez once doce".split()),
}
#: All words of the tables, in small letters: most words of queries are none of them.
ABBREVIATED = frozenset(
    word
    for table in (WITH_NEXT, WITH_PREVIOUS, WITH_NUMBER, ALONE, SPELLED)
    for rows in table.values()
    for word in "|".join(rows).lower().split("|")
)


def others_of(word: str, table: Mapping[str, _Rows], languages: frozenset[str]) -> list[str]:
    """Return the other forms of a word of a table, as some languages have them.

    >>> others_of("sept", WITH_NUMBER, frozenset(("en",)))
    ['Sep', 'September']
    """
    rows = [row.split("|") for code in table if code in languages for row in table[code]]
    others = [form for row in rows if word in map(str.lower, row) for form in row]
    return [form for form in dict.fromkeys(others) if form.lower() != word]
