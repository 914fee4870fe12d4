"""The shapes of English credits, and their words."""

from itertools import product

from nutgraf_index.analysis.languages.newsroom import Shape, Zone
from nutgraf_index.model import Role

__all__ = ["CREDITS", "CREDIT_WORDS", "PICTURE", "PICTURE_HOUSE"]

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
PICTURE = "photo|image|picture|photograph|illustration"
PICTURE_HOUSE = (
    r"(?:(?:the )?{agency}|getty(?: images)?|ap images|shutterstock|i?stock(?: ?photo)?|alamy"
    r"(?: stock photo)?|flickr|corbis|epa|zuma(?: press)?|unsplash|wikimedia(?: commons)?|wikipedia"
    r"|creative commons|handout|file|pool|contributed|staff|bloomberg|wireimage|filmmagic|"
    r"rex features|splash news|pa wire|pa images|magnum photos|sipa usa|nurphoto|backgrid)\b"
)
CREDITS = (
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
        r"(?: by| from|/| via)?[:,]? ?(?:the )?{names}.*",
        "Photo courtesy of Maja Orlo",
        begins="|".join(
            f"{one} {word}"
            for one in ("photo", "image", "picture", "video", "cover photo")
            for word in ("credit", "credits", "courtesy", "courtesy of", "source")
        )
        + "|photo by|photos by|image by|images by|picture by|pictures by|illustration by|map by|"
        "chart by|cartoon by|art by|visual by|artwork by|courtesy of|photos courtesy of|photo via|"
        "image via|photo from|featured photo courtesy of|featured image courtesy of|"
        "featured photo by|featured image by|featured photo|featured image|"
        "photo credit to|photo illustration by|image copyright|credit|credits",
        names_only=True,
        longest=200,
    ),
    Shape(
        Role.CREDIT,
        r"(?: by|:)? [^/.!?]{2,60}/ ?(?:cc|creative commons|public domain|wikimedia|flickr)\b"
        r".{0,60}",
        "Photo by Maja Orlo / CC BY 2.0 / cropped",
        begins=f"{PICTURE}|images|photos|credit",
        longest=160,
    ),
    Shape(
        Role.CREDIT,
        r": ?(?!.*[.!?] )[^:]{2,60}",
        "Credit: maja orlo/port post",
        begins="credit|photo credit|image credit|picture credit",
        longest=80,
    ),
    Shape(
        Role.CREDIT,
        rf" ?[:/|] ?(?:{{names}}(?:,? ?(?:for|via|from|courtesy of) .{{2,60}})?|"
        rf"{PICTURE_HOUSE}.{{0,60}})"
        r"(?: ?[(\[][^()]{2,60}[)\]])?",
        "Photo: Maja Orlo/Getty",
        begins=f"{PICTURE}|photography|cartoon|art|artwork|ap photo",
        names_only=True,
        longest=160,
    ),
    Shape(
        Role.CREDIT,
        rf" ?[:/|] ?(?:{{names}}(?: ?[/,|] ?| for | via ))?{PICTURE_HOUSE}.{{0,60}}",
        "Photos: Maja Orlo/Getty",
        begins="photos|images|pictures|photographs|map|chart|charts|graphic|video",
        names_only=True,
        longest=160,
    ),
    Shape(
        Role.CREDIT,
        r" ?: ?{names},? (?:via|courtesy of) .{2,80}",
        "[Images: Maja Orlo via The Port Post and Bo Ek]",
        begins="photos|images|pictures|image|photo",
        names_only=True,
        longest=160,
    ),
    Shape(
        Role.CREDIT,
        r"\W{0,6}(?:copyright\W{0,6})?(?:\(c\)|©|&copy;)?\W{0,6}(?:by )?"
        r"(?:19|20)\d\d(?:\W{1,3}(?:19|20)?\d\d)?"
        r"(?=\W{0,4}(?:$|[^\w\s]|(?-i:[A-Z])|by |the |all rights)).*",
        "Copyright © 2021 The Lindholm Post, LLC. Click here for reprint permission.",
        begins="copyright|©|(c)|&copy;|copyright (c)|copyrighted",
        longest=700,
    ),
    Shape(
        Role.CREDIT,
        r"\W{0,6}(?:copyright\W{0,6})?(?:\(c\)|©|&copy;)?\W{0,6}(?:by )?{name}.{0,80}",
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
        zones=_STORY_OR_TAIL,
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
        within="©",
        longest=240,
    ),
    Shape(
        Role.CREDIT,
        r"(?: from| by|:)?,? .{2,300}",
        "With assistance by Tomas Vik",
        begins="with assistance|with reporting|with reports|with files|with contributions|"
        "with additional reporting|additional reporting|with inputs|with agency inputs|"
        "with research|with help|"
        "with input|additional material|additional writing|additional information|"
        "with news wire services|reports from|reports by|reports:",
        names_only=True,
    ),
    Shape(
        Role.CREDIT,
        r"(?=.{0,300}?(?-i:\b[^\W\d_a-z])).{2,400}? (?:also )?(?-i:contributed)\b.{0,200}",
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
        r"{name} (?:contributor|reporter|writer|correspondent|researcher|journalist|producer)s? "
        r"{names}(?: in {name})? ",
        "Port News contributor Bo Vik in Brunnvik helped with this story.",
        ends="helped with this story|helped with this report|helped report this story|"
        "assisted with this story|assisted with this report|assisted in this report",
        longest=200,
    ),
    Shape(
        Role.CREDIT,
        r"(?: tip)?(?: to)? ?:? ?{names}",
        "H/T: Port Watch",
        begins="h/t|hat tip|hat/tip",
        longest=80,
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
        r":(?! ?(?:http|www)|(?-i:[a-z])).{2,250}",
        "Sources: Port statistics; board of harbours",
        begins="sources|source|data source|data sources|chart source",
        zones=_STORY_OR_TAIL,
        longest=250,
    ),
    Shape(
        Role.CREDIT,
        r":(?! ?(?:http|www)).*",
        "Source: Lindholm Harbours Ltd",
        begins="source",
        zones=(Zone.HEAD,),
        longest=80,
    ),
    Shape(
        Role.CREDIT,
        rf"{PICTURE_HOUSE}(?: photos?)?s? ?/ ?{{names}}.{{0,60}}|"
        rf"{{names}} ?/ ?(?:for|special to|courtesy of|courtesy) .{{2,60}}|"
        rf"(?:file|handout|photo)(?: photo)?,? (?:19|20)\d\d ?/.{{2,60}}|"
        rf"{{names}} ?/ ?{PICTURE_HOUSE}(?:(?: for| via|/|,) ?.{{0,40}}| photo| images?| file|"
        rf" pool)?",
        "(AP Photo/Tomas Vik)",
        within="/",
        longest=140,
    ),
    Shape(
        Role.CREDIT,
        r" {names}.{0,40}",
        "SOURCE Lindholm Harbours",
        begins="source",
        zones=_TAIL,
        names_only=True,
        longest=120,
    ),
    Shape(
        Role.CREDIT,
        rf"(?:{{fullname}}|{PICTURE_HOUSE}) ?/ ?{{name}}|{{name}} ?/ ?{PICTURE_HOUSE}",
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
    "reported around across world country "
    "filed based former senior chief week's edition issue number other "
    f"{_WORKS.replace('|', ' ')}".split()
)
