"""The table of shapes of English articles; all examples are invented."""

from nutgraf_index.analysis.languages.shape import Role, Shape, Zone

__all__ = ["CREDIT_WORDS", "ENGLISH_SHAPES", "PAGE_WORDS"]

_THIS = r"this (?:article|story|report)"
_WORK = (
    "reporting|writing|editing|compiled|compiling|translated|translation|translating|written|"
    "edited|reported|produced|photo|photos|photograph|photographs|photography|graphic|graphics|"
    "research"
)
_MORE_WORK = "|".join(
    f"{more} {work}" for more in ("additional", "further") for work in _WORK.split("|")
)

_CREDITS = (
    Shape(
        Role.CREDIT,
        rf"(?:(?:,| and|/| &)+ (?:{_WORK}))* by:? {{name}}.*",
        "Reporting by Maja Orlo in Lindholm; Editing by Bo Ek",
        begins=f"{_WORK}|{_MORE_WORK}",
        names_only=True,
    ),
    Shape(
        Role.CREDIT,
        r"\W*(?:\(c\) )?(?:19|20)\d\d.*",
        "Copyright 2021 The Lindholm Post. All rights reserved.",
        begins="copyright|©|(c)",
        names_only=True,
    ),
    Shape(Role.CREDIT, "", "All rights reserved.", begins="all rights reserved"),
    Shape(
        Role.CREDIT,
        r".{2,300}? contributed (?:to this (?:article|story|report)|(?:additional )?reporting)"
        r"(?: (?:in|from) [^.!?]{2,80})?",
        "Bo Vik in Brunnvik contributed to this report.",
        within=" contribut",
        names_only=True,
    ),
)
_CORRECTIONS = (
    Shape(
        Role.CORRECTION,
        r"(?: \w+day\b|(?: (?:to|in|of|on) [^.!?]{1,60})?(?: ?[:—–(]| -)).*",
        "Correction: The pier has 23 berths, not 32.",
        begins="correction|corrections|clarification|clarifications|corrected|corrects|"
        "corrigendum|erratum",
    ),
    Shape(
        Role.CORRECTION,
        " .*",
        "(Corrects the number of berths in the second paragraph)",
        begins="corrects|clarifies",
        bracketed=True,
    ),
    Shape(
        Role.CORRECTION,
        " .*",
        "An earlier version of this article misstated the number of berths.",
        begins="|".join(
            f"{which} version of this {what}"
            for which in ("an earlier", "a previous", "earlier", "previous")
            for what in ("article", "story", "report", "item")
        ),
    ),
    Shape(
        Role.CORRECTION,
        r" (?:(?:has been|was) (?:corrected|amended|clarified)|corrects)\b.*",
        "This article has been amended to say how many berths the pier has.",
        begins="this article|this story|this report",
    ),
)
_RELATED = (
    Shape(
        Role.RELATED,
        r" ?[:>»].*|",
        "Read more: Who paid for the pier",
        begins="read also|read more|read next|see also|also read|also see|related|related stories|"
        "related articles|related story|related article|related links|related topic|"
        "related topics|more on this|for more",
        opens=True,
    ),
)
_NOTES = (
    Shape(
        Role.NOTE,
        r"(?: ?[:.—–)]| -).*",
        "Editor's note: Some names were changed.",
        begins="editor's note|editors' note|editors note|editor note|editorial note|"
        "note to editors|note to readers|publisher's note|disclaimer|disclosure",
    ),
    Shape(
        Role.NOTE,
        r" .*",
        "(Adds quotations of the mayor)",
        begins="adds|updates|recasts|refiles|repeats|rewrites|releads",
        bracketed=True,
    ),
    Shape(
        Role.NOTE,
        r" (?:has been|was) (?:updated(?: (?:to|with|at|on|throughout)\b.*)?|"
        r"(?:first|originally) published\b.*)",
        "This story was originally published by the Port Post.",
        begins="this article|this story|this report",
    ),
    Shape(
        Role.NOTE,
        r" .{1,70}",
        "Special to the Port Post",
        begins="special to|by",
        zones=(Zone.HEAD,),
        longest=80,
    ),
    Shape(
        Role.NOTE,
        r":.*",
        "Source: Port News",
        begins="source",
        zones=(Zone.HEAD,),
        longest=80,
    ),
)
ENGLISH_SHAPES = (*_CREDITS, *_CORRECTIONS, *_RELATED, *_NOTES)
CREDIT_WORDS = frozenset(
    "and by for from in at with of the to additional further contributed on behalf via a an "
    "c all rights reserved may not be published broadcast rewritten or redistributed "
    "writers writer correspondent correspondents staff bureau desk newsroom report story "
    f"article this text material without permission {_WORK.replace('|', ' ')}".split()
)
PAGE_WORDS = frozenset("home|news|search|menu|contact us|about us".split("|"))
