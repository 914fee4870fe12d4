"""The shapes of English corrections."""

from itertools import product

from nutgraf_index.analysis.languages.english_shapes.dates import WHEN
from nutgraf_index.analysis.languages.newsroom import Shape
from nutgraf_index.model import Role

__all__ = ["CORRECTIONS"]

_VERSION = "|".join(
    f"{which} of {this}"
    for which, this in product(
        (
            "an earlier version|a previous version|earlier version|previous version|"
            "earlier versions|previous versions|the original version|an original version|"
            "a prior version|an earlier draft|an early version|the print version"
        ).split("|"),
        ("this", "the article", "the story", "the headline", "our"),
    )
)
_WRONG = (
    r"(?:correct(?:ed|s|ing|ion)|to correct|misstated|misidentified|misspelled|misattributed|"
    r"mischaracteri[sz]ed|misquoted|incorrect(?:ly)?|erroneous(?:ly)?|mistakenly|inaccurate(?:ly)?|"
    r"in error|wrongly|(?:changed|amended|edited|revised|updated|modified) to "
    r"(?:correct|clarify|say|state|remove|reflect that|make clear|accurately|fix))"
)
_THIS = "|".join(
    f"this {what}"
    for what in (
        "article|story|report|post|piece|item|page|column|headline|caption|copy|interview|review|"
        "obituary|blog post|opinion piece"
    ).split("|")
)
CORRECTIONS = (
    Shape(
        Role.CORRECTION,
        r"(?!.* appended to this)(?: \w+day\b|(?: (?:to|in|of|on) [^.!?]{1,60})?(?: ?[:—–(|]| -)|"
        r"(?:,)? (?:19|20)\d\d.{0,20}:).*",
        "Correction: The pier has 23 berths, not 32.",
        begins="correction|corrections|clarification|clarifications|corrected|corrects|"
        "corrigendum|erratum|errata|correction and clarification|corrections and clarifications|"
        "corrections & clarifications|correction & clarification|clarification and correction|"
        "editor's correction|for the record|retraction|correction notice|note of correction",
        longest=1500,
        opens=True,
    ),
    Shape(
        Role.CORRECTION,
        "",
        "CORRECTIONS AND CLARIFICATIONS",
        begins="correction|clarification|corrections and clarifications|"
        "corrections & clarifications|correction appended|erratum|corrections & amplifications",
        opens=True,
    ),
    Shape(
        Role.CORRECTION,
        " .*",
        "(Corrects the number of berths in the second paragraph)",
        begins="corrects|clarifies|corrected to|corrects to|corrected version|correcting",
        marked=True,
    ),
    Shape(
        Role.CORRECTION,
        r"\b(?!.{0,40}\b(?:appeared|ran|published|performed)\b).*",
        "An earlier version of this article misstated the number of berths.",
        begins=_VERSION,
        longest=1000,
    ),
    Shape(
        Role.CORRECTION,
        rf" (?:(?:has|have)(?: since)? been|was|is being|(?:initially|originally|previously|first)"
        rf"|had|contained|,|incorrectly|erroneously|mistakenly|wrongly|misstated|misidentified)\b"
        rf".{{0,80}}?\b(?:amended|clarified|{_WRONG})\b.*|"
        r" (?:(?:has|have)(?: since)? been|was|were) (?:corrected|amended|clarified)\b.*|"
        r" corrects\b.*|"
        r" (?:incorrectly|erroneously|mistakenly|wrongly|misstated|misidentified)\b.*",
        "This article has been amended to say how many berths the pier has.",
        begins=_THIS,
        longest=800,
    ),
    Shape(
        Role.CORRECTION,
        rf"(?: \([^()]{{1,60}}\)|,? {WHEN}.{{0,40}}?)? ?[:.—–)-]"
        rf"(?:.*\b{_WRONG}\b.*| ?(?:{_VERSION})\b .*(?:said|stated|gave|listed|named)\b.*)",
        "Editor's note: This story was changed to say that the board, not the mayor, voted.",
        begins="editor's note|editors' note|editors note|update|updated|note to readers|"
        "editor's update|publisher's note|amendment",
        longest=1000,
    ),
)
