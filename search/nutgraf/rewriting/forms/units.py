"""The table of units: how the unit of a number is written, one row a unit.

A form of several words is compared word by word, and all forms of one stem are one form. A form
after the code of a language, as in de:Prozent, is for archives with articles in that language.
"""

from functools import lru_cache
from typing import NamedTuple

__all__ = ["Unit", "units_of"]


class Unit(NamedTuple):
    """A unit of numbers, in some languages.

    Attributes:
        after: its forms after a number, the usual one first.
        signs: its signs, right after a number; of a currency, before it too.
        before: its codes of a currency, also before a number.
        is_scale: whether another unit may follow, as dollars follow billion.
    """

    after: tuple[str, ...]
    signs: str = ""
    before: tuple[str, ...] = ()
    is_scale: bool = False


# A billion is a thousand millions in English, and a million millions in other languages.
_SCALES = (
    "en:thousand|en:k",
    "en:million|en:m|en:mn|en:mln|en:mil|en:mio",
    "en:billion|en:bn|en:b|en:bln",
    "en:trillion|en:tn|en:trn|en:trln",
    "de:Tausend|de:Tsd",
    "de:Million|de:Millionen|de:Mio|de:Mill",
    "de:Milliarde|de:Milliarden|de:Mrd|de:Md",
    "de:Billion|de:Billionen|de:Bio",
    "fr:million|fr:millions|fr:M|fr:Mio",
    "fr:milliard|fr:milliards|fr:Md|fr:Mds|fr:Mrd",
    "es:millón|es:millones|es:mill|es:M",
    "es:mil millones|es:millardo",
    "it:milione|it:milioni|it:mln",
    "it:miliardo|it:miliardi|it:mld|it:mrd",
    "nl:miljoen|nl:mln|nl:mio",
    "nl:miljard|nl:mld|nl:mrd",
    "pt:milhão|pt:milhões|pt:mi|pt:mio",
    "pt:bilhão|pt:bilhões|pt:bi|pt:mil milhões",
    "sv:miljon|sv:miljoner|sv:mn|sv:milj",
    "sv:miljard|sv:miljarder|sv:md|sv:mdr",
    "da:million|da:millioner|da:mio|da:mill|no:million|no:millioner|no:mill",
    "da:milliard|da:milliarder|da:mia|da:mrd|no:milliard|no:milliarder|no:mrd",
    "pl:milion|pl:miliony|pl:milionów|pl:mln",
    "pl:miliard|pl:miliardy|pl:miliardów|pl:mld",
    "ru:миллион|ru:миллиона|ru:миллионов|ru:млн",
    "ru:миллиард|ru:миллиарда|ru:миллиардов|ru:млрд",
)
_CURRENCIES = (  # signs, words, codes
    ("$", "dollars|US dollars|es:dólares|it:dollari", "USD"),
    ("€", "euros|euro", "EUR"),
    ("£", "pounds|pounds sterling|de:Pfund|fr:livres|es:libras|it:sterline", "GBP"),
    ("¥", "yen", "JPY"),
    ("₹", "rupees", "INR|Rs"),
)
_PERCENT = (
    "percent|per cent|pct|de:Prozent|fr:pour cent|es:por ciento|pt:por cento|it:per cento"
    "|nl:procent|sv:procent|da:procent|no:prosent|pl:procent|ru:процент|ru:процента|ru:процентов"
)
_MEASURES = (
    "percentage points|pp|de:Prozentpunkte|de:Prozentpunkten",
    "basis points|bps|bp|de:Basispunkte|de:Basispunkten",
    # Lengths, areas, weights, volumes
    "mm|millimetres|de:Millimeter|fr:millimètres|es:milímetros|it:millimetri",
    "cm|centimetres|de:Zentimeter|fr:centimètres|es:centímetros|it:centimetri",
    "m|metres|de:Meter|fr:mètres|es:metros|pt:metros|it:metri|nl:meter",
    "km|kms|kilometres|de:Kilometer|fr:kilomètres|es:kilómetros|pt:quilômetros|it:chilometri"
    "|nl:kilometer",
    "inches|inch",
    "ft|feet|foot",
    "yards|yd|yds",
    "miles|mi|de:Meilen",
    "square kilometres|sq km|km2|sqkm|de:Quadratkilometer|fr:kilomètres carrés",
    "square metres|sq m|m2|sqm|de:Quadratmeter|fr:mètres carrés",
    "square feet|sq ft|sqft",
    "square miles|sq mi",
    "hectares|ha|de:Hektar",
    "kg|kilograms|kilogrammes|kilos|de:Kilogramm|de:Kilo|es:kilogramos",
    "g|grams|grammes|de:Gramm",
    "tonnes|metric tons|de:Tonnen",
    "pounds|lb|lbs",
    "ounces|oz",
    "litres|l|de:Liter|es:litros|pt:litros|it:litri",
    # Speed, power, data, temperature
    "mph|miles per hour|miles an hour",
    "km/h|kph|kmh|kmph|kilometres per hour|kilometres an hour|de:Stundenkilometer",
    "knots|kts",
    "kW|kilowatts|de:Kilowatt",
    "MW|megawatts|de:Megawatt",
    "GW|gigawatts|de:Gigawatt",
    "kWh|kilowatt hours|de:Kilowattstunden",
    "MHz|megahertz",
    "GHz|gigahertz",
    "MB|megabytes",
    "GB|gigabytes",
    "TB|terabytes",
    "°C|C|degrees Celsius|degrees C|degrees centigrade|de:Grad Celsius|fr:degrés Celsius",
    "°F|F|degrees Fahrenheit|degrees F",
    # Times
    "seconds|secs|de:Sekunden",
    "minutes|mins|min|de:Minuten",
    "hours|hrs|hr|de:Stunden|de:Std",
    "years|yrs|yr",
)


@lru_cache(maxsize=16)
def units_of(languages: frozenset[str]) -> tuple[Unit, ...]:
    """Return the units as some languages write them, given by their codes.

    >>> [unit.after for unit in units_of(frozenset(("de",))) if unit.is_scale][2]
    ('Milliarde', 'Milliarden', 'Mrd', 'Md')
    """

    def forms(text: str) -> tuple[str, ...]:
        pairs = (form.rpartition(":") for form in text.split("|"))
        return tuple(form for language, _, form in pairs if not language or language in languages)

    scales = [Unit(after, is_scale=True) for row in _SCALES if (after := forms(row))]
    currencies = [
        Unit((*forms(words), *forms(codes)), signs, forms(codes))
        for signs, words, codes in _CURRENCIES
    ]
    return (*scales, *currencies, Unit(forms(_PERCENT), "%"), *map(Unit, map(forms, _MEASURES)))
