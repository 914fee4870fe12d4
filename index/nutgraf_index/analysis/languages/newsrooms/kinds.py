"""The kinds of rows in the tables of shapes of all languages but English.

A row of a language is a kind, the words that it begins or ends with, and an invented example. What
may follow the words is the same in all languages.
"""

from nutgraf_index.analysis.languages.english_shapes.credits import CREDITS
from nutgraf_index.analysis.languages.english_shapes.furniture import FURNITURE
from nutgraf_index.analysis.languages.language import entries
from nutgraf_index.analysis.languages.newsroom import Shape, Zone
from nutgraf_index.model import Role

__all__ = ["shape_table"]

_TAIL = (Zone.TAIL,)
_ENDS = (Zone.HEAD, Zone.TAIL)
_STORY_OR_TAIL = (Zone.STORY, Zone.TAIL)
_TITLE = r"(?!-\w) ?[:>»|–—-]+ ?\S.{2,220}"
# In the order in which they count: a passage may have the shapes of several.
_KINDS: dict[str, Shape] = {
    # "In the picture: ..."
    "caption": Shape(Role.CAPTION, r"(?!-\w) ?[:|–—-] ?\S.{2,400}", "", longest=460),
    # "Ferries at the pier (Photo: Maja Orlo)"
    "captioned_within": Shape(
        Role.CAPTION, r".{8,380}[(\[](?!.*[(\[]){words}[^()\[\]]{1,80}[)\]]", "", longest=460
    ),
    # "Photo: Maja Orlo/Getty"
    "picture": Shape(Role.CREDIT, r" ?[:/|©] ?\S.{1,120}", "", longest=160),
    # "Photo by Maja Orlo"
    "picture_by": Shape(
        Role.CREDIT, r" ?:? (?:{agency}(?!\w)|{names})(?:,? ?[/|(,].{0,60})?", "", longest=160
    ),
    # "Editing: Maja Orlo"
    "work": Shape(
        Role.CREDIT, r" ?:? ?(?:{agency}(?!\w)|{names}).{0,80}", "", longest=200, zones=_TAIL
    ),
    # "With material of dpa"
    "material": Shape(
        Role.CREDIT,
        r" ?:? ?(?:\w{1,6} )?(?:{agency}(?!\w)|{names}).{0,60}",
        "",
        longest=140,
        zones=_STORY_OR_TAIL,
        names_only=False,
    ),
    "rights": Shape(Role.CREDIT, r"(?:[ .,;:|©(–—-].{0,300})?", "", longest=400),
    "rights_at_end": Shape(Role.CREDIT, r".{0,200}", "", longest=300),
    "correction": Shape(
        Role.CORRECTION, r"(?!-\w)(?: ?[:.–—-] ?| .{0,40}: ?)\S.{3,600}", "", longest=700
    ),
    # A label above titles, or one with a title.
    "related": Shape(Role.RELATED, rf":|{_TITLE}|", "", longest=280, opens=True),
    "related_words": Shape(Role.RELATED, r"\b.{0,200}", "", longest=240),
    "note": Shape(Role.NOTE, r"(?!-\w) ?[:.–—-] ?\S.{3,600}", "", longest=700),
    "note_words": Shape(Role.NOTE, r"\b.{0,240}", "", longest=300, zones=_ENDS),
    "reading_time": Shape(Role.FURNITURE, r" ?:? ?\d.{0,20}", "", longest=60),
    "reading_time_at_end": Shape(Role.FURNITURE, r"\W{0,3}\d{1,3} ?", "", longest=40),
    "advert": Shape(Role.FURNITURE, r"(?:(?!-\w) ?[-–—:|(].{0,60})?", "", longest=80),
    "sign_up": Shape(Role.FURNITURE, r"\b.{0,240}", "", longest=280),
    "share": Shape(
        Role.FURNITURE,
        r"(?: ?:| \W?\d{1,6}| .{0,40}\b(?:facebook|twitter|whatsapp|x|telegram|linkedin|instagram|"
        r"google\W?|youtube|e-?mail|pinterest|messenger|viber|rss|vk)\W?.{0,60})?",
        "",
        longest=120,
    ),
    "follow": Shape(
        Role.FURNITURE,
        r":? .{0,80}\b(?:facebook|twitter|whatsapp|x|telegram|linkedin|instagram|google|youtube|"
        r"tiktok|newsletter|rss|vk)\b.{0,100}",
        "",
        longest=240,
    ),
    "comments": Shape(
        Role.FURNITURE, r"(?: ?:? ?\(?\d{0,5}\)?| ?\*| ?[(\[].{0,40}[)\]])?", "", longest=80
    ),
    "comments_at_end": Shape(Role.FURNITURE, r"\(?\d{1,5}\)? ", "", longest=60),
    "cookies": Shape(Role.FURNITURE, r"\b.{0,500}", "", longest=600),
    "tags": Shape(Role.FURNITURE, r" ?:.{0,240}|", "", longest=260, zones=_ENDS),
    "label": Shape(Role.FURNITURE, r"(?: ?[:›»>]| ?\(\d{1,4}\))?", "", longest=60, zones=_ENDS),
    "player": Shape(Role.FURNITURE, r"\b.{0,120}", "", longest=160),
}
# Of all languages: the marks of rights, and the names of networks alone in a line.
_MARKS = (
    Shape(
        Role.CREDIT,
        r"\W{0,6}(?:copyright\W{0,6})?(?:\(c\)|©|&copy;)?\W{0,6}(?:19|20)\d\d.{0,300}",
        "© 2021 Hamnposten AB. Citera gärna med källa.",
        begins="copyright|©|(c)|&copy;|copyright (c)",
        longest=400,
    ),
    Shape(
        Role.CREDIT,
        r"\W{0,6}(?:\(c\)|©|&copy;)?\W{0,6}{name}.{0,80}",
        "© Hamnposten",
        begins="copyright|©|(c)|&copy;",
        longest=160,
    ),
    Shape(
        Role.CREDIT,
        r"(?:{agency}|getty images|imago(?: images)?|picture[ -]alliance|keystone)"
        r"(?: ?/ ?(?:{agency}(?!\w)|{names}|\w+)){1,3}",
        "APA/Maja Orlo",
        within="dpa/|apa/|afp/|ap/|reuters/|efe/|ansa/|epa/|images/|imago/|pap/|anp/|belga/|lusa/|"
        "alliance/|keystone/|тасс/|dpa /|apa /|afp /|ap /|reuters /|efe /|images /|epa /|тасс /",
        longest=90,
    ),
    Shape(
        Role.FURNITURE,
        r"(?:(?:[\s,|/·•&+-]|\d)+(?:facebook|twitter|whatsapp|telegram|linkedin|instagram|youtube|"
        r"pinterest|e-?mail|rss|messenger|reddit|tumblr|viber|tiktok|bluesky|flipboard|xing|vk|x)"
        r"(?!\w))*[\s\d]*",
        "Facebook Twitter Telegram Viber",
        begins="facebook|twitter|whatsapp|telegram|linkedin|instagram|youtube|pinterest|e-mail|"
        "email|messenger|reddit|tumblr|viber|tiktok|bluesky|flipboard|xing|rss|google+",
        longest=120,
    ),
)
# Labels in English stand on pages of any language. Rows with names take the words around them.
_PLACEHOLDERS = ("{name}", "{names}", "{fullname}", "{agency}")
_ENGLISH = tuple(
    shape
    for shape in (*CREDITS, *FURNITURE)
    if not (shape.names_only or any(map(shape.pattern.__contains__, _PLACEHOLDERS)))
)


def shape_table(**rows: tuple[str, str]) -> tuple[Shape, ...]:
    """Return the table of shapes of a language.

    Each argument is the name of a kind, with words parted by bars, and an example. Passages begin
    with the words, end with them or have them in brackets, as the name of the kind says. The rows
    of all languages come last, with those of English: its labels stand on pages of any language.

    >>> [shape.example for shape in shape_table(advert=("annons", "Annons"))][:2]
    ['Annons', '© 2021 Hamnposten AB. Citera gärna med källa.']
    """
    unknown = rows.keys() - _KINDS.keys()
    if unknown:
        raise ValueError(f"no kind of row is named {', '.join(sorted(unknown))}")
    table: list[Shape] = []
    for name, kind in _KINDS.items():
        if name in rows:
            given, example = rows[name]
            phrases = entries(given)
            plain = "|".join(phrases)
            if name.endswith("_at_end"):
                kind = kind._replace(ends=plain)
            elif name.endswith("_within"):
                brackets = "|".join(f"{opening}{word}" for word in phrases for opening in "([")
                pattern = kind.pattern.replace("{words}", f"(?:{plain.replace('.', '[.]')})")
                kind = kind._replace(within=brackets, pattern=pattern)
            else:
                kind = kind._replace(begins=plain)
            table.append(kind._replace(example=example))
    return (*table, *_MARKS, *_ENGLISH)
