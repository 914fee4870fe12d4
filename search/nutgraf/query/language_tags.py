"""Tags of languages: "de", "de-AT", or a name such as German; the direction of texts. Pure."""

import re
import unicodedata

from nutgraf_index.analysis.languages.registry import LANGUAGES, UNDETERMINED, code_of

__all__ = [
    "direction_of",
    "has_right_to_left",
    "html_tag",
    "is_in",
    "tag_of",
    "unordered",
]

_TAG = r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{1,8})*)"
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa glk he lrc mzn nqo ps sd syr ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab hebr mand nkoo rohg samr syrc thaa".split())
_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
# Blocks of scripts that run from right to left, with marks that say so.
_RIGHT_TO_LEFT_SIGN = (
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff\u200f]"
)
# Embeddings and isolates become the marks of their directions, and their ends an invisible sign.
# Overrides show any text in any order; prose has no use for them.
_ORDERING = {0x202A: 0x200E, 0x202B: 0x200F, 0x2066: 0x200E, 0x2067: 0x200F}
_ORDERING |= dict.fromkeys((0x202C, 0x2068, 0x2069), 0x2060)
_ORDERING |= dict.fromkeys((0x202D, 0x202E), 0xFFFD)


def tag_of(text: str) -> str:
    """Return the tag of a language, given by a tag or a name; any other text in small letters.

    >>> [tag_of(text) for text in ("DE", "pt_br", "English", "zh-hant", "Klingon")]
    ['de', 'pt-BR', 'en', 'zh-Hant', 'klingon']
    """
    text = text.strip().replace("_", "-")
    tag = re.fullmatch(_TAG, text)
    if tag is None:
        code = code_of(text)
        return text.lower() if code == UNDETERMINED else code
    subtags = [tag[1].lower()]
    for subtag in tag[2].split("-")[1:]:
        is_region, is_script = len(subtag) == 2, len(subtag) == 4 and subtag.isalpha()
        subtags.append(
            subtag.upper() if is_region else subtag.title() if is_script else subtag.lower()
        )
    return "-".join(subtags)


def is_in(tag: str, wanted: str) -> bool:
    """Whether the language of a tag is one that `language:` finds: itself, or a region of it.

    >>> [is_in(tag, "de") for tag in ("de", "de-AT", "German", "den")]
    [True, True, True, False]
    >>> is_in("pt", "pt-BR"), is_in("nb-NO", "no")
    (False, True)
    """
    tag = tag_of(tag)
    if tag == wanted or tag.startswith(f"{wanted}-"):
        return True
    return wanted in LANGUAGES and wanted != UNDETERMINED and code_of(tag) == wanted


def html_tag(text: str) -> str:
    """Return the tag of a language for HTML; empty if it is unknown, or no tag.

    >>> [html_tag(text) for text in ("German", "zh_hant", "und", "old norse", "")]
    ['de', 'zh-Hant', '', '', '']
    """
    tag = tag_of(text)
    return tag if re.fullmatch(_TAG, tag) and tag != UNDETERMINED else ""


def has_right_to_left(text: str) -> bool:
    """Return whether a text has letters of a script that runs from right to left."""
    return not text.isascii() and re.search(_RIGHT_TO_LEFT_SIGN, text) is not None


def direction_of(text: str, language: str = "") -> str:
    """Return the direction of a text: "rtl", "ltr", or "auto" if it has no letters.

    A text in its language has the direction of that, whatever word it begins with. Any other text,
    such as a quotation or an address, has the direction of its first letter.

    >>> direction_of("IBM אמרה", "he"), direction_of("IBM אמרה"), direction_of("IBM said", "he")
    ('rtl', 'ltr', 'ltr')
    """
    directions = (_DIRECTIONS.get(unicodedata.bidirectional(sign)) for sign in text)
    if not has_right_to_left(text):
        return next(filter(None, directions), "auto")
    primary, _, rest = tag_of(language).lower().partition("-")
    scripts = [subtag for subtag in rest.split("-") if len(subtag) == 4 and subtag.isalpha()]
    if scripts:
        known = "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    elif primary in _RIGHT_TO_LEFT:
        known = "rtl"
    else:
        known = "ltr" if primary in LANGUAGES and primary != UNDETERMINED else ""
    found = [*dict.fromkeys(filter(None, directions))]
    return known if known in found else next(iter(found), "auto")


def unordered(text: str) -> str:
    r"""Return a text of the same length whose bidirectional controls reorder no further text.

    A control that a text does not end would reorder what stands beside it (Trojan Source, 2021).

    >>> [hex(ord(sign)) for sign in unordered("\u202ea\u2067b\u2069")]
    ['0xfffd', '0x61', '0x200f', '0x62', '0x2060']
    """
    return text if text.isascii() else text.translate(_ORDERING)
