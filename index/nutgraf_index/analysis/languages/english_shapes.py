"""The table of shapes of English articles; all examples are invented.

A row stands before another if passages may have both shapes and the first is right.
"""

from itertools import product

from nutgraf_index.analysis.languages.english_notes import NOTES, WHEN
from nutgraf_index.analysis.languages.english_page import FURNITURE, PAGE_WORDS
from nutgraf_index.analysis.languages.shape import Role, Shape, Zone

__all__ = ["CREDIT_WORDS", "ENGLISH_SHAPES", "PAGE_WORDS"]

_STORY_OR_TAIL = (Zone.STORY, Zone.TAIL)
_TAIL = (Zone.TAIL,)
_WORKS = (
    "reporting|writing|editing|compiled|compiling|translated|translation|translating|written|"
    "edited|reported|produced|production|photo|photos|photograph|photographs|photography|graphic|"
    "graphics|research|design|illustration|video|words|text|fact-checking|editing and reporting"
)
_WORK = "|".join(
    f"{more}{work}" for more in ("", "additional ", "further ") for work in _WORKS.split("|")
)
_PICTURE = "photo|image|picture|photograph|illustration"
_PICTURE_HOUSE = (
    r"(?:(?:the )?{agency}|getty(?: images)?|ap images|shutterstock|i?stock(?: ?photo)?|alamy"
    r"(?: stock photo)?|flickr|corbis|epa|zuma(?: press)?|unsplash|wikimedia(?: commons)?|wikipedia"
    r"|creative commons|handout|file|pool|contributed|staff|bloomberg)\b"
)
# A word in small letters that no credit has: a description has some.
_SAYS = (
    r"(?=.{0,300}?(?-i:(?<![\w@/.-])(?!(?:by|for|via|from|courtesy|of|and|the|with|file|photo|"
    r"photos"
    r"|handout|image|images|news|pool)\b)[a-z]{3,}(?![\w/@-])))"
)
_TITLE = r" ?[:>»|–—-]+ ?\S.{2,200}"

_CAPTIONS = (
    Shape(
        Role.CAPTION,
        r" ?(?:[:—–-]|from) ?.{3,}",
        "FILE PHOTO: Ferries at the old pier, Lindholm, March 1, 2021. Tomas Vik",
        begins="file photo|file photos|file image|file picture|file pic|file video|file footage|"
        "file|(file photo|(file",
        longest=700,
    ),
    Shape(
        Role.CAPTION,
        r"(?:.{0,150}?\b(?:caption|unsupported on your device))?.{0,120}?\bcaption\b.{2,}",
        "Image copyright Port Post Image caption The pier in winter",
        begins="image copyright|image caption|image source|media caption|video caption|caption|"
        "photo caption|enlarge this image|enlarge image|toggle caption|media playback|"
        "media cannot be played|play video|hide caption|view image in fullscreen|image|photos",
        longest=700,
    ),
    Shape(
        Role.CAPTION,
        r":? .{2,}",
        "Media caption The pier in winter",
        begins="image caption|media caption|video caption|photo caption|caption|toggle caption",
        longest=700,
    ),
    Shape(
        Role.CAPTION,
        rf" ?\)?(?: \d+)?(?: of \d+)?[:|–—] ?{_SAYS}.{{3,}}",
        "Photo: Ferries wait for the tide at the old pier.",
        begins=f"{_PICTURE}|infographic|cartoon|figure",
        longest=500,
    ),
    Shape(
        Role.CAPTION,
        ":.{0,600}",
        "GRAPHIC: Plan of the pier",
        begins="graphic|graphics|map|chart",
        longest=700,
    ),
    Shape(
        Role.CAPTION,
        r".*\b(?:in|from|is|of) (?:this|an?|the)\b.{0,90} ",
        "Ferry captain Maja Orlo speaks in Lindholm in this Sept. 11, 2012, file photo",
        ends="file photo|file photos|file picture|file image|file photograph|handout photo|"
        "handout picture|still image|video grab",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        rf".{{4,}}?[.!?\"')\]] ?\(?(?:{_PICTURE_HOUSE}(?: photo)?s?/{{name}}.{{0,60}}|"
        rf"{{names}} ?/ ?{_PICTURE_HOUSE}(?:.{{0,40}})?)",
        "A ferry leaves the old pier on Monday. REUTERS/Tomas Vik",
        within="/",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r".{15,}? ?[(\[](?:photo|image|picture|video)?s? ?(?:credits?|photos?|images?|courtesy|"
        r"illustration|graphic|file)(?:,? (?:by|of|from|courtesy of))?[:/]? ?[^()\[\]]{2,80}",
        "The pier before the storm (Credit: Maja Orlo)",
        ends=")|]",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r".{20,}?[.!?\"')\]] (?:photo |image |picture |video |illustration )?credits?: ?.{2,80}",
        "The pier is being built again. Credit: Maja Orlo",
        within="credit:",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        rf"(?: (?:{WHEN}|undated|file|combination|handout|image|photo|provided|released|recent|"
        r"early|late|late-|mid-)[\w.,' -]{0,60}?)\b(?:photo|image|photograph|picture|handout|"
        r"screenshot|frame grab|still|illustration|photos|images|grab|graphic|file)\b.{5,}",
        "In this March 4, 2021, photo, ferries leave the pier.",
        begins="in this|in an|this|an undated|a file|a handout|this combination|in a",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r",? (?:of|shows|showing|from|taken|provided).{5,}",
        "A stock image of a ferry at a pier",
        begins="a stock image|stock image|stock photo|a stock photo|a screenshot|screenshot|"
        "an artist's impression|artist's impression|an artist's rendering|a file photo|"
        "a rendering|an aerial view|aerial view|a still|this photo|this photograph|"
        "this image|this illustration",
        zones=(Zone.HEAD, Zone.STORY),
        longest=300,
    ),
    Shape(
        Role.CAPTION,
        r", .{5,}",
        "Photo, Ferries at the old pier",
        begins="photo|photos|map|drawing|chart|table|graph|diagram|cartoon|graphic|photograph",
        zones=_TAIL,
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r".{15,}? ?[(\[](?:(?-i:[A-Z][\w.'& -]{1,50} ?/ ?[A-Z][\w.'&/, -]{1,60})|"
        rf"[\w.-]{{3,30}} ?/ ?{_PICTURE_HOUSE})",
        "Ferry captain Maja Orlo, right, speaks with Bo Ek on Monday. (Tomas Vik/Port Post)",
        ends=")|]",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r".*, (?:left|right|cent(?:er|re)|(?:second|third) (?:from )?(?:left|right)|"
        r"from left|at left|at right|foreground|background)\b[,:]? .{5,}[(\[][^()\[\]]{2,60}",
        "Mayor Bo Ek, left, greets the captains on Monday. (Tomas Vik)",
        ends=")|]",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r"(?:,? (?:above|below|left|right|here|from left|is|are)\b.{3,}"
        r"|: ?.{5,})",
        "Pictured: Maja Orlo at the wheel of her ferry",
        begins="pictured|pictured above|seen here|shown here",
        longest=400,
    ),
    Shape(
        Role.CAPTION,
        r": ?.{5,}",
        "Above: Maja Orlo at the wheel of her ferry",
        begins="above|top|below|pictured left|pictured right|top left|top right|bottom left|"
        "bottom right|cover image|cover photo|cover|main image|main photo|banner image|lead image|"
        "header image|featured image|from left|left to right|from left to right|"
        "clockwise from top left|clockwise from top|clockwise from upper left",
    ),
    Shape(
        Role.CAPTION,
        r"[^\]]{0,600}\](?:\([^)]{0,900}\)|\[[^\]]{0,60}\])?.{0,250}",
        "![The pier in winter](pier.jpg)",
        begins="![|[![",
        longest=2000,
    ),
    Shape(
        Role.CAPTION,
        r".*",
        '<img src="pier.jpg" alt="The pier in winter">',
        begins="<img|<figure|<figcaption|<picture|[caption|<image",
        longest=2000,
    ),
    Shape(
        Role.CAPTION,
        r"(?:[<%]|) ?[\w-]{0,20}(?:img|image|figure|photo|picture|caption)[\w-]{0,20}\b"
        r"(?:(?!\}\}|%\}).){0,1200}[>%}]{1,3}\]?(?:\([^)]{0,400}\))?.{0,200}",
        '{{< figure src="pier.jpg" caption="The pier in winter" >}}',
        begins="{{<|{{%|{%|[{%|{{",
        longest=2000,
    ),
)
_CREDITS = (
    Shape(
        Role.CREDIT,
        rf"(?:(?:,| and|/| &)+ (?:{_WORKS}))* by:? "
        r"(?=\W{0,3}(?:the |{agency}\b|our |staff|{fullname})).*",
        "Reporting by Maja Orlo in Lindholm; Editing by Bo Ek",
        begins=_WORK,
        names_only=True,
    ),
    Shape(
        Role.CREDIT,
        r" ?: ?{names}.*",
        "Reporting: Maja Orlo in Lindholm; Editing: Bo Ek",
        begins="|".join(
            f"{more}{work}"
            for more, work in product(
                ("", "additional "), ("reporting", "writing", "editing", "research", "translation")
            )
        ),
        names_only=True,
    ),
    Shape(
        Role.CREDIT,
        r"(?: by| from|/| via)?:? ?(?:the )?{names}.*",
        "Photo courtesy of Maja Orlo",
        begins="|".join(
            f"{one} {word}"
            for one in ("photo", "image", "picture", "video", "cover photo")
            for word in ("credit", "credits", "courtesy", "courtesy of", "source")
        )
        + "|photo by|photos by|image by|images by|picture by|pictures by|illustration by|map by|"
        "chart by|cartoon by|art by|visual by|artwork by|courtesy of|photos courtesy of|photo via|"
        "image via|photo from|photo illustration by|image copyright|credit|credits",
        names_only=True,
        longest=200,
    ),
    Shape(
        Role.CREDIT,
        rf" ?[:/|] ?(?:{{names}}(?:,? ?(?:for|via|from|courtesy of) .{{2,60}})?|"
        rf"{_PICTURE_HOUSE}.{{0,60}})"
        r"(?: ?[(\[][^()]{2,60}[)\]])?",
        "Photo: Maja Orlo/Getty",
        begins=f"{_PICTURE}|photography|cartoon|art|artwork|ap photo",
        names_only=True,
        longest=160,
    ),
    Shape(
        Role.CREDIT,
        rf" ?[:/|] ?(?:{{names}}(?: ?[/,|] ?| for | via ))?{_PICTURE_HOUSE}.{{0,60}}",
        "Photos: Maja Orlo/Getty",
        begins="photos|images|pictures|photographs|map|chart|charts|graphic|video",
        names_only=True,
        longest=160,
    ),
    Shape(
        Role.CREDIT,
        r"\W*(?:copyright\W*)?(?:\(c\)|©|&copy;)?\W*(?:by )?(?:19|20)\d\d.*",
        "Copyright © 2021 The Lindholm Post, LLC. Click here for reprint permission.",
        begins="copyright|©|(c)|&copy;|copyright (c)|copyrighted",
        longest=700,
    ),
    Shape(
        Role.CREDIT,
        r"\W*(?:copyright\W*)?(?:\(c\)|©|&copy;)?\W*(?:by )?{name}.{0,80}",
        "© The Lindholm Post",
        begins="copyright|©|(c)|&copy;",
        names_only=True,
        longest=160,
    ),
    Shape(
        Role.CREDIT,
        r" ?(?:19|20)\d\d\b.{0,100}",
        "c.1998 Port Post",
        begins="c.",
        longest=120,
    ),
    Shape(
        Role.CREDIT,
        r" (?:of this (?:web)?site (?:is|are) )?(?:©|\(c\)|copyright).{0,200}",
        "All contents © Port Post",
        begins="all contents|all content|contents|content|all text|all material|all materials|"
        "all articles|the contents|the content|the entire contents|all photos|website|site|"
        "entire contents",
        longest=260,
    ),
    Shape(
        Role.CREDIT,
        r"(?: (?:worldwide|by .{2,60})| ?[.,;:|©(-].{0,300})?",
        "All rights reserved. This material may not be published.",
        begins="all rights reserved",
    ),
    Shape(
        Role.CREDIT,
        r"(?:.{0,200}(?:copyright|©|\(c\)|(?:19|20)\d\d|\b(?:inc|llc|ltd|media|company|news)\b)"
        r".{0,200}|{name}\W*)",
        "The Lindholm Post, 2021. All rights reserved.",
        ends="all rights reserved|all rights are reserved",
        longest=500,
    ),
    Shape(
        Role.CREDIT,
        r" (?:published|broadcast|reproduced|reprinted|rewritten|redistributed|used|copied)\b.*",
        "This material may not be published, broadcast, rewritten or redistributed.",
        begins="this material may not be|this story may not be|this article may not be|"
        "this content may not be|this report may not be|material may not be|may not be|"
        "this material cannot be",
    ),
    Shape(
        Role.CREDIT,
        r".*\b(?:prohibited|forbidden|permission|consent)\b.*",
        "Reproduction without permission is prohibited.",
        begins="reproduction|unauthorized reproduction|no part of this|reproduction in whole|"
        "any reproduction|republication",
        longest=300,
    ),
    Shape(
        Role.CREDIT,
        r"(?: ?/ ?{agency}| and (?:{agency}|wire reports))?(?: (?:staff|service|news service))?",
        "Reuter",
        begins="reuter|reuters|ap|afp|upi|associated press|the associated press|dpa|efe|xinhua|"
        "tass|itar-tass|ani|pti|ians|agence france-presse|bloomberg|bloomberg news|pa media|"
        "press association|united press international|kyodo news|anadolu agency|wire reports|"
        "wire services|news services|agencies|with agencies|with wire reports|staff reports|"
        "staff and wire reports|tribune news service|religion news service|kaiser health news",
        zones=_TAIL,
        longest=80,
    ),
    Shape(
        Role.CREDIT,
        r"(?:with|from|by|compiled from|and) (?:[\w'-]+,? ){0,5}",
        "With Port Post wires",
        ends="wires|wire reports|wire services|news services|staff reports|wire service reports|"
        "news service reports|news wires|agency reports",
        longest=80,
    ),
    Shape(
        Role.CREDIT,
        r".{0,80}(?:©|\(c\)) ?(?:copyright )?(?:(?:19|20)\d\d|{name}).{0,150}|"
        r".{0,80}(?:19|20)\d\d ?©.{0,150}",
        "Port Sans ™ & © 2016 Port News.",
        within="©|(c) 20|(c) 19",
        longest=240,
    ),
    Shape(
        Role.CREDIT,
        r"(?: from| by|:)?,? .{2,300}",
        "With assistance by Tomas Vik",
        begins="with assistance|with reporting|with reports|with files|with contributions|"
        "with additional reporting|with inputs|with agency inputs|with research|with help|"
        "with input|additional material|additional writing|additional information|"
        "with news wire services|reports",
        names_only=True,
    ),
    Shape(
        Role.CREDIT,
        r"(?=.{0,300}?(?-i:\b[^\W\d_a-z])).{2,400}? (?:also )?contributed\b.{0,200}",
        "Bo Vik in Brunnvik contributed to this report.",
        within=" contribut",
        names_only=True,
        longest=500,
    ),
    Shape(
        Role.CREDIT,
        r" ?: ?{names}.*",
        "Contributing: Tomas Vik",
        begins="contributing|contributors|contributor|contributing reporters|contributing writers|"
        "contributing reporter|contributing writer|contributed by|other contributors",
        names_only=True,
    ),
    Shape(
        Role.CREDIT,
        r" (?:reported|written|produced|edited|compiled|filed|translated|co-?reported|"
        r"photographed)(?: and \w+)? (?:by|from|with)\b.{2,250}",
        "This story was reported by The Associated Press.",
        begins="this story was|this article was|this report was|this dispatch was|"
        "this week's edition was|"
        "this edition was|this post was|this issue was|the story was",
        names_only=True,
    ),
    Shape(
        Role.CREDIT,
        r" .{2,160}|",
        "Compiled from wire reports",
        begins="story filed by|filed by|compiled from|from wire reports|from staff reports|"
        "from news services|from staff and wire reports|from news wire services|compiled by|"
        "compiled from wire services|from wire services|story by|photos and text by|"
        "text and photos by|story and photos by|photos and story by",
        zones=_STORY_OR_TAIL,
        names_only=True,
        longest=200,
    ),
    Shape(
        Role.CREDIT,
        r":(?! ?(?:http|www)).{2,250}",
        "Sources: Port statistics; board of harbours",
        begins="sources|source|data source|data sources|chart source",
        zones=_STORY_OR_TAIL,
        longest=250,
    ),
    Shape(
        Role.CREDIT,
        rf"{_PICTURE_HOUSE}(?: photos?)?s? ?/ ?{{names}}.{{0,60}}|"
        rf"{{names}} ?/ ?{_PICTURE_HOUSE}(?:(?: for| via|/|,) ?.{{0,40}}| photo| images?| file|"
        rf" pool)?",
        "(AP Photo/Tomas Vik)",
        within="/",
        longest=140,
    ),
    Shape(
        Role.CREDIT,
        r"{name} ?/ ?{name}",
        "(Tomas Vik/Port Post)",
        within="/",
        marked=True,
        longest=100,
    ),
    Shape(
        Role.CREDIT,
        r"(?:(?:{names}|{agency})(?: ?[/|,–—-] ?| via | for | )){0,3}",
        "Maja Orlo via Getty Images",
        ends="getty images|getty|ap images|shutterstock|istock|istockphoto|alamy|wikimedia commons",
        longest=100,
    ),
)
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
_CORRECTIONS = (
    Shape(
        Role.CORRECTION,
        r"(?: \w+day\b|(?: (?:to|in|of|on) [^.!?]{1,60})?(?: ?[:—–(|]| -)|(?:,)? (?:19|"
        r"20)\d\d.{0,20}:).*",
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
        rf"(?: \([^()]{{1,60}}\)|,? {WHEN}.{{0,40}}?)? ?[:.—–)-].*\b{_WRONG}\b.*",
        "Editor's note: This story was changed to say that the board, not the mayor, voted.",
        begins="editor's note|editors' note|editors note|note|update|updated|note to readers|"
        "editor's update|publisher's note|amendment",
        longest=1000,
    ),
)  # fmt: skip
_RELATED = (
    Shape(
        Role.RELATED,
        rf"(?<!read more)(?<!see more)|:|{_TITLE}",
        "Read more: Who paid for the pier",
        begins="read more|read also|read on|also read|also see|see also|see more|see related|"
        "related|related stories|related articles|related story|related article|"
        "related links|related link|related topic|related topics|related coverage|"
        "related content|related news|related reading|related column|related video|"
        "related videos|related items|more on this|more on this story|more reading|"
        "full coverage|special coverage|complete coverage|continuing coverage|our coverage|"
        "special section|catch up|catch up here|further reading|suggested reading|"
        "read the full story|read the full article|read the full report|read this next|"
        "for more|more about this|more info|from the archives|previously|more on|more about|"
        "previous coverage|earlier|earlier coverage|read our coverage|sidebar",
        longest=260,
        opens=True,
    ),
    Shape(
        Role.RELATED,
        _TITLE,
        "Don't miss: Who paid for the pier",
        begins="you may also like|you might also like|you may also be interested in|"
        "you might also be interested in|you may like|recommended for you|recommended|"
        "recommended stories|recommended reading|must read|must reads|must-read|must-reads|"
        "don't miss|more coverage|more on this topic|more like this|related posts|"
        "related post|top picks|keep reading|what others are reading|in case you missed it|"
        "icymi|editors' picks|editor's picks",
        longest=260,
        opens=True,
    ),
    Shape(
        Role.RELATED,
        ":?",
        "You might also like",
        begins="you may also like|you might also like|you may also be interested in|"
        "you might also be interested in|you may like|recommended for you|recommended|"
        "recommended stories|recommended reading|must read|must reads|must-read|must-reads|"
        "don't miss|more coverage|more on this topic|more like this|related posts|"
        "related post|top picks|keep reading|what others are reading|in case you missed it|"
        "icymi|editors' picks|editor's picks",
        zones=(Zone.HEAD, Zone.STORY),
        opens=True,
    ),
    Shape(
        Role.RELATED,
        r" ?[:>»|]+ ?(?-i:[\"'A-Z0-9]).{3,160}(?<![.!])",
        "WATCH: Ferries leave the pier for the last time",
        begins="more|read|watch|listen|see|gallery|photos|photo gallery|in pictures|in photos|"
        "slideshow|photo essay|interactive|video|live updates|live blog|live coverage|watch live|"
        "watch now|read now|watch more|listen now|watch video|pictures|graphic|explore|opinion|"
        "from our archives|quiz|coverage|podcast|editorial|map|timeline|analysis|story|full story|"
        "full report|photos and video|view gallery|photo slideshow|podcasts",
        longest=180,
        opens=True,
    ),
    Shape(
        Role.RELATED,
        r" (?:about|on|of|from|at|in|here|by)\b.{0,120}(?<!said)(?<!says)",
        "Read more about the ferries at Port Post",
        begins="read more|read more news|read more stories|read more articles|see more|"
        "see full coverage|read the full story|read the full article|read the full report|"
        "read his full|read the original|read the rest|read the entire|read our full coverage|"
        "get more|find more stories|more stories|read all|see all of our|see all our",
        longest=140,
    ),
    Shape(
        Role.RELATED,
        r" .{2,80}(?<![.!?])",
        "More from Lindholm",
        begins="more from|more by|more in|more on|also on|also in|elsewhere on|also from|"
        "more news from|more stories from|other stories from|read more from",
        names_only=True,
        zones=(Zone.HEAD, Zone.STORY),
        longest=90,
        opens=True,
    ),
    Shape(
        Role.RELATED,
        r"[»>]*:? ?.{8,160}(?<![.!])",
        "» Who paid for the pier",
        begins="»|►|▶|→|>>|[»|[►|(►",
        longest=180,
    ),
    Shape(
        Role.RELATED,
        r"(?: (?:to|for|and) (?:read|see|watch|view|listen)\b.{2,120}| (?:for|to) (?:more|"
        r"the full)\b.{2,100})",
        "Click here to read the story of the pier",
        begins="click here|tap here|click|go here",
        longest=150,
    ),
)
_HIGHLIGHTS = (
    Shape(
        Role.LIST,
        ":?",
        "Story highlights",
        begins="story highlights|highlights|key points|key takeaways|at a glance|"
        "article highlights|quick facts|fast facts|the essentials",
        zones=(Zone.HEAD,),
        opens=True,
    ),
)
ENGLISH_SHAPES = (
    *_CAPTIONS, *_CREDITS, *_CORRECTIONS, *_RELATED, *NOTES, *FURNITURE, *_HIGHLIGHTS
)  # fmt: skip
CREDIT_WORDS = frozenset(
    "and by for from in at with of the to additional further contributed contributing contributors "
    "contributor on behalf via a an as well also both c all rights reserved may not be published "
    "broadcast rewritten or redistributed writers writer correspondent correspondents reporter "
    "reporters editor editors freelance freelancer researcher producer producers staff bureau desk "
    "newsroom news wire wires reports services service agencies agency report story article column "
    "piece post dispatch this text material without permission was were who is our based special "
    "copy copyright credit credits courtesy image images picture pictures handout file pool "
    "assistance files "
    "inputs input contributions contribution source sources their his her information help "
    "filed based former senior chief week's edition issue number other "
    f"{_WORKS.replace('|', ' ')}".split()
)
