"""The shapes of English links to other stories."""

from nutgraf_index.analysis.languages.newsroom import Shape, Zone
from nutgraf_index.model import Role

__all__ = ["RELATED"]

_TITLE = r"(?!-\w) ?[:>»|–—-]+ ?\S.{2,200}"
RELATED = (
    Shape(
        Role.RELATED,
        rf"(?<!read more)(?<!see more)|:|{_TITLE}",
        "Read more: Who paid for the pier",
        begins="read more|read also|read on|also read|also see|see also|see more|see related|"
        "related|related stories|related articles|related story|related article|"
        "related links|related link|related coverage|related roundup|related roundups|"
        "related content|related news|related reading|related column|related video|"
        "related videos|related items|more on this|more on this story|more reading|"
        "full coverage|special coverage|complete coverage|continuing coverage|our coverage|"
        "special section|catch up|catch up here|further reading|suggested reading|"
        "read the full story|read the full article|read the full report|read this next|read next|"
        "for more|for more information see|more about this|more info|"
        "from the archives|previously|more on|more about|"
        "previous coverage|earlier|earlier coverage|read our coverage|sidebar|explore further|"
        "related articlesmore from author",
        longest=260,
        opens=True,
    ),
    Shape(
        Role.RELATED,
        r" (?:above|below)(?: ?[:>|–—-]+ ?\S.{2,200})?",
        "Related video above: Ferries leave the pier",
        begins="related video|related videos|related story|related stories|related coverage|"
        "video|watch the video|see the video|watch video|watch",
        longest=260,
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
        r"(?!.*[.!]$) ?[:>»|]+ ?(?-i:[\"'A-Z0-9]).{3,160}",
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
        r" (?:about|on|(?<!stories )of|from|at|in|here|by)\b.{0,120}(?<!said)(?<!says)",
        "Read more about the ferries at Port Post",
        begins="read more|read more news|read more stories|read more articles|see more|"
        "see full coverage|read the full story|read the full article|read the full report|"
        "read his full|read the original|read the rest|read the entire|read our full coverage|"
        "get more|find more stories|more stories|read all|see all of our|see all our",
        longest=140,
    ),
    Shape(
        Role.RELATED,
        r"(?!.*[.!?]$) .{2,80}",
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
        r"(?!.*[.!]$) (?:on|in|at) [^:.]{2,30}: ?\S.{3,160}",
        "(Also on Port Talk: Who paid for the pier)",
        begins="also|also see|more|read more|elsewhere",
        longest=200,
    ),
    Shape(
        Role.RELATED,
        r" {agency} [\w' ]{1,40}: ?(?:https?://|www\.)\S+.{0,120}",
        "More AP ferries: https://port.example/ferries and @porttalk",
        begins="more",
        longest=240,
    ),
    Shape(
        Role.RELATED,
        r"(?!.*[.!。]$)[»>]*:? ?(?-i:[^\W_a-z]|[\"'«„(]).{7,160}",
        "» Who paid for the pier",
        begins="»|►|▶|→|[»|[►|(►",
        longest=180,
    ),
    Shape(
        Role.RELATED,
        r"(?: (?:to|for|and) (?:read|see|watch|view|listen|access)\b.{2,120}| (?:for|to) "
        r"(?:more|(?:the |a )?full)\b.{2,100})",
        "Click here to read the story of the pier",
        begins="click here|tap here|click|go here",
        longest=150,
    ),
    Shape(
        Role.RELATED,
        r"(?!.*[.!?]$)(?: .{0,100})?",
        "Link to the study in the Port Review",
        begins="link to the paper|link to paper|link to the study|link to study|link to article|"
        "link to the report|link to report|full text of article|full text of the|full text of|"
        "read the paper|read the study|download the paper|download the report|see the paper",
        zones=(Zone.STORY, Zone.TAIL),
        longest=140,
    ),
    Shape(
        Role.RELATED,
        ":",
        "MORE:",
        begins="more",
        zones=(Zone.STORY, Zone.TAIL),
        longest=10,
        opens=True,
    ),
    Shape(
        Role.RELATED,
        r"(?!.*[.!?]$) .{2,60}",
        "More on Lindholm",
        begins="more on",
        zones=(Zone.TAIL,),
        names_only=True,
        longest=70,
        opens=True,
    ),
)
