"""Tags of languages in queries and options: "de", "de-AT", or a name such as German. Pure."""

import re

from nutgraf_index.analysis.languages.registry import LANGUAGES, UNDETERMINED, code_of

__all__ = ["is_in", "known_languages", "tag_of"]

_TAG = r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{1,8})*)"


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


def known_languages() -> str:
    """Return the codes of the languages that are known, for messages."""
    return ", ".join(code for code in LANGUAGES if code != UNDETERMINED)
