"""The shapes of English captions."""

from nutgraf_index.analysis.languages.english_shapes.credits import PICTURE, PICTURE_HOUSE
from nutgraf_index.analysis.languages.english_shapes.dates import MONTHS, WHEN
from nutgraf_index.analysis.languages.newsroom import Shape, Zone
from nutgraf_index.model import Role

__all__ = ["CAPTIONS"]

_TAIL = (Zone.TAIL,)
# A word in small letters that no credit has: a description has some.
_SAYS = (
    r"(?=.{0,300}?(?-i:(?<![\w@/.-])(?!(?:by|for|via|from|courtesy|of|and|the|with|file|photo|"
    r"photos"
    r"|handout|image|images|news|pool)\b)[a-z]{3,}(?![\w/@-])))"
)
CAPTIONS = (
    Shape(
        Role.CAPTION,
        r" ?(?:[:—–](?! ?[:/\\])|--?(?![\w>-])|from) ?.{3,}",
        "FILE PHOTO: Ferries at the old pier, Lindholm, March 1, 2021. Tomas Vik",
        begins="file photo|file photos|file image|file picture|file pic|file video|file footage|"
        "file|(file photo|(file",
        longest=700,
    ),
    Shape(
        Role.CAPTION,
        r"(?:: ?.+)?\]?",
        "[Illustration: THE OLD PIER.]",
        begins="[illustration",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r" ?[:–—-] ?https?://\S+",
        "Logo - https://port.example/logo.jpg",
        begins="logo|photo|photos|image|images|picture|infographic|video",
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
        r" ?caption(?-i:[A-Z]).{3,}",
        "Media captionThe pier in winter",
        begins="media|image|video|photo",
        longest=500,
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
        begins=f"{PICTURE}|infographic|cartoon|figure",
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
        "",
        "Graphic",
        begins="graphic|graphics",
        zones=_TAIL,
        longest=20,
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
        r"(?=.* (?:in|at|during|outside|near|from) )(?!.*\b(?:was|were|said|says|will|has|had|died|"
        r"born|announced|would|can|could|must|should|runs?|be|been|are|is|began|opened|closed|founded|"
        r"last (?:week|month|year))\b)"
        rf".{{30,280}}, (?:on )?{MONTHS}\.? \d{{1,2}},",
        "Ferries wait for the tide at the old pier in Lindholm, on March 4, 2021.",
        ends="|".join(f" {year}" for year in range(1980, 2040)),
        zones=(Zone.HEAD,),
        longest=330,
    ),
    Shape(
        Role.CAPTION,
        rf"(?!the )(?={{fullname}} ?/)(?!.{{0,80}}\b(?:poll|survey)s?\b){{fullname}} ?/ ?"
        rf"(?:(?-i:[A-Z])[\w.' -]{{2,40}}/ ?)?{PICTURE_HOUSE}(?:/file)? "
        r"(?-i:[A-Z])(?=.*[a-z]).{30,}",
        "Tomas Vik/Reuters Ferries wait for the tide at the old pier.",
        within="/",
        zones=(Zone.STORY,),
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r"(?=(?:[^/]*+/)+?(?:(?<=[\w.]/)|(?<=[\w.] /)) ?(?-i:[^\W\d_a-z]))"
        rf".{{4,}}?[.!?\"')\]] ?\(?(?:{PICTURE_HOUSE}(?: photo)?s?/{{name}}.{{0,60}}|"
        rf"{{names}} ?/ ?{PICTURE_HOUSE}(?:.{{0,40}})?)",
        "A ferry leaves the old pier on Monday. REUTERS/Tomas Vik",
        within="/",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r".{15}(?:[^(\[]*+[(\[])+?(?:photo|image|picture|video)?s? ?"
        r"(?:credits?|photos?|images?|courtesy|"
        r"pictures?|photographs?|pic|illustration|graphic|file)\b"
        r"(?:,? (?:by|of|from|courtesy of))?[:/]? ?[^()\[\]]{2,80}",
        "The pier before the storm (Credit: Maja Orlo)",
        ends=")|]",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r".{20,}?[.!?\"')\]] ?(?:[–—-] )?(?:(?:photo |image |picture |video |illustration )?"
        r"credits?:|(?:photo|image|picture|illustration)s? (?:by|courtesy of|courtesy)\b) ?"
        r"(?-i:[A-Z@]).{1,80}",
        "The pier is being built again.Credit: Maja Orlo",
        within="credit:|photo by|picture by",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        rf".{{20,}}? (?:photograph|photo|picture|image|illustration)s?(?:: ?| via )"
        rf"(?:{{names}}|{PICTURE_HOUSE}).{{0,40}}",
        "The pier before the storm Photograph: Maja Orlo/Port Images",
        within="photograph: |photo: |picture: |photo via |image: |illustration: |photos: ",
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
        r".{0,120}\((?:left to right|clockwise)\b[^()]{0,40}\).{5,}",
        "Captains (left to right) Maja Orlo and Bo Ek study the tide.",
        within=" (left to right| (clockwise",
        longest=600,
    ),
    Shape(
        Role.CAPTION,
        r".{30,}[.!?\"')] ?(?=(?-i:NO |M))",
        "Ferries wait for the tide on Monday. REUTERS/Tomas Vik NO RESALES. NO ARCHIVES.",
        ends="no resales|no archives|no resale|no sales|mandatory credit",
        longest=900,
    ),
    Shape(
        Role.CAPTION,
        r".{30,}?[.!?\"')]+ ?\| ?(?:{names}[/,]? ?)?",
        "Captains wait for the tide at the old pier on Monday. | Getty",
        ends="getty|getty images|ap photo|reuters|afp photo|shutterstock|ap images",
        zones=(Zone.HEAD, Zone.STORY),
        longest=500,
    ),
    Shape(
        Role.CAPTION,
        r" \d{1,2}(?:, \d{4})?: (?-i:[A-Z]).{20,}[.!?]",
        "March 4, 2021: Captains wait for the tide at the old pier.",
        begins="|".join(
            f"{month}{stop}"
            for month in "jan feb mar apr aug sept oct nov dec".split()
            for stop in (".", "")
        )
        + "|january|february|march|april|may|june|july|august|september|october|november|december",
        zones=(Zone.HEAD,),
        longest=330,
    ),
    Shape(
        Role.CAPTION,
        r" (?:shows?|depicts?|illustrates?)\b.{5,}",
        "Image shows ferries (blue) at the pier in winter.",
        begins="image|photo|photograph|picture|the image above|the photo above|"
        "the picture above|the image|the photo|animation|illustration",
        longest=500,
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
        r"(?!.*\b(?:said|says|told|was|were|has|had|have|will|would|did)\b)"
        r".{15,}[.!?] \((?-i:[A-Z]{2,8}/[A-Z-]{2,12})",
        "The pier before the storm on Friday. (NOAA/SPC)",
        ends=")",
        longest=200,
    ),
    Shape(
        Role.CAPTION,
        r".{15}(?:[^(\[]*+[(\[])+?"
        rf"(?:(?:{{fullname}}|{PICTURE_HOUSE}) ?/ ?(?-i:[A-Z][\w.'&/, -]{{1,60}})|"
        rf"[\w.-]{{3,30}} ?/ ?{PICTURE_HOUSE})",
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
        r"(?: [\w-]+=|>|/|\]).*",
        '<img src="pier.jpg" alt="The pier in winter">',
        begins="<img|<figure|<figcaption|<picture|[caption|<image",
        longest=2000,
    ),
    Shape(
        Role.CAPTION,
        r"(?:[<%]|) ?[\w-]{0,20}(?:img|image|figure|photo|picture|caption)[\w-]{0,20}\b"
        r"(?:(?!\}\}|%\}).){0,1200}[>%}]{1,3}\]?(?:\([^)]{0,400}\))?"
        r"(?: ?\{[^{}]{0,200}\}|\s{0,3}(?:\*[^*]{1,400}\*?|_[^_]{1,400}_?)|[^.!?]{0,100})",
        '{{< figure src="pier.jpg" caption="The pier in winter" >}}',
        begins="{{<|{{%|{%|[{%|{{",
        longest=2000,
    ),
)
