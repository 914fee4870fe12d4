"""The shapes of English notes: of the desk, of a release, of the house, about the writer."""

from nutgraf_index.analysis.languages.english_shapes.dates import MONTHS, TIME_WORDS, WHEN
from nutgraf_index.analysis.languages.newsroom import Shape, Zone
from nutgraf_index.model import Role

__all__ = ["HIGHLIGHTS", "NOTES"]

_HEAD = (Zone.HEAD,)
_TAIL = (Zone.TAIL,)
_ENDS = (Zone.HEAD, Zone.TAIL)
_THESE = "|".join(
    f"this {what}"
    for what in (
        "article|story|report|post|piece|item|column|op-ed|essay|interview|review|commentary|"
        "content|transcript|excerpt|analysis|conversation|blog post|blog|opinion piece|"
        "investigation|dispatch|coverage|reporting|project|press release|feature|editorial"
    ).split("|")
)
_PRESS = (
    r"(?:writer|reporter|correspondent|columnist|editor|journalist|contributor|blogger|commentator|"
    r"freelancer|newsman|author|photographer|fellow|intern|co-author|lecturer|novelist|historian|"
    r"contributing (?:\w+ )?(?:editor|writer|columnist|reporter)|professor emeritus|"
    r"critic for|producer (?:for|at))"
)
# Who writes for a paper without being of it: what such a person is in the last paragraph only.
_SCHOLAR = (
    r"(?:professor|academic|scholar|researcher|scientist|economist|geologist|attorney|lawyer|"
    r"analyst|strategist|pollster|physician|pastor|rabbi|veteran|candidate (?:in|at)|"
    r"(?:senior |general )?counsel (?:at|to|for)|author of|host of|(?:co-?)?founder (?:of|and)|"
    r"(?:vice[ -])?presidents? (?:of|and|at|for)|"
    r"(?:executive |managing |policy )?directors? (?:of|at|for)|"
    r"(?:vice-)?chair(?:man|woman)? of|members? of the|completing a book|"
    r"former (?:federal|state|united|u\.s\.|senator|congress\w+|governor|ambassador|mayor|"
    r"member|vice))"
)

NOTES = (
    Shape(
        Role.NOTE,
        r"\b.{0,80} appended to this (?:article|story|report|item|document)",
        "Correction (published 16th May 1991) appended to this article.",
        begins="correction|corrections|clarification|clarifications",
        longest=120,
    ),
    # The desk's lines.
    Shape(
        Role.NOTE,
        r" ?(?:[:—–]|-(?!\w)).{0,500}",
        "Eds: ADDS 1 graf on the ferries",
        begins="eds|editors|attn|attention editors|note to desks|note to users|note to subscribers|"
        "attn editors|attention|ed|eds note|desk note|art adv|photo adv|budget note|attn eds|"
        "reissuing|repeating|resending|for subscribers",
        longest=600,
    ),
    Shape(
        Role.NOTE,
        r"[ :.,].{0,400}|",
        "(For use by clients of the Port News Service)",
        begins="for use by|attn|adv|eds|editors|story can end here|optional|will move|"
        "will be moved|"
        "moved|moving|with photo|with photos|with art|trim|optional trim|resending|repeating|"
        "undated|for release|end opt|begin opt|photo is|photos|sidebar|first of|second of|"
        "third of|last of|stand-alone|embargoed|map|graphics|graphic|art|adds|"
        "updates|"
        "recasts|refiles|repeats|rewrites|releads|removes|writes through|inserts|deletes|drops|"
        "new throughout|story also moved|also moved|this story also|ends|repeat|"
        "eds note|note to|full text|begin optional|end optional|can trim|minor edits|edits",
        marked=True,
    ),
    Shape(
        Role.NOTE,
        r".{0,200}",
        "STORY CAN END HERE. OPTIONAL MATERIAL FOLLOWS",
        begins="story can end here|story may end here|stories can end here|optional material|"
        "story can be trimmed|can end here|begin optional trim|end optional trim|optional add|"
        "begin optional|end optional|optional trim begins|optional trim ends|more to come|"
        "will be led|will be updated|moved in advance|for sunday release",
        longest=240,
    ),
    Shape(
        Role.NOTE,
        r" (?-i:[A-Z]{2,6}\d{1,4}\b).{0,160}",
        "AP Photo XNP101, XNP102",
        begins="ap photo|ap photos|ap video|ap graphic|ap graphics|with ap photo|with ap photos",
        zones=_HEAD,
        longest=180,
    ),
    Shape(
        Role.NOTE,
        r"(?-i:.*\b(?:\d\w* grafs?|grafs? \d).*)",
        "adds comments of the board in grafs 7-11",
        within=" graf",
        zones=_HEAD,
        longest=140,
    ),
    Shape(
        Role.NOTE,
        r" ?(?:[:_(–—-]|\(ap\)).{0,80}|",
        "UNDATED:",
        begins="undated",
        longest=100,
    ),
    Shape(
        Role.NOTE,
        rf" ?(?:(?={WHEN}){TIME_WORDS}|:.{{0,60}}|)",
        "Moved Tuesday, March 4",
        begins="with photo|with photos|with graphic|with graphics|with art|with map|with sidebar|"
        "with box|moved|will move",
        zones=_HEAD,
        longest=80,
    ),
    Shape(
        Role.NOTE,
        r"-(?-i:[A-Z])[\w'./-]+(?:[ ,].{0,80})?",
        "BC-PIER-CLOSES",
        begins="bc|am|pm|eu|af|as|la|ml|na",
        zones=_HEAD,
        longest=100,
    ),
    Shape(
        Role.NOTE,
        r"(?: ld|-ld| lead|-writethru| add|add|-add).{0,90}",
        "1st Ld-Writethru, a0512",
        begins="1st|2nd|3rd|4th|5th|6th|7th|8th|9th|eds",
        longest=110,
    ),
    Shape(
        Role.NOTE,
        r"-[A-Z]{2}-\d\d-\d\d-?\d*.{0,30}",
        "AP-PP-08-04-90 1012EDT",
        begins="ap|upi",
        longest=60,
    ),
    Shape(
        Role.NOTE,
        r" ?:.{0,300}",
        "LENGTH: 515 words",
        begins="length|section|load-date|publication-type|edition|journal-code|geographic|"
        "document-type|document type|word count|body|dateline|pub-type|pub date|index terms|slug|"
        "slugline|priority|publication date|publication|accession number|document id|"
        "acc-no|series|journal|volume|correction-date|"
        "language|print headline|web headline|record number|copyright owner|subject|memo|"
        "pubdate|format|category|author bio|distribution|seo headline|headline count",
        zones=_ENDS,
        longest=320,
    ),
    Shape(
        Role.NOTE,
        r" ?(?:\d{1,4}|(?-i:[IVXLC]{1,6}))\b.{0,80}",
        "Vol. 52, No. 4, April 2021",
        begins="volume|vol|vol.|issue no|issue no.|issue number",
        zones=_HEAD,
        longest=110,
    ),
    Shape(
        Role.NOTE,
        r"(?:[ ,.;:].{0,60})?",
        "As prepared for delivery",
        begins="as prepared for delivery|as prepared|as delivered|remarks as prepared|"
        "remarks as delivered|check against delivery|as prepared for release",
        zones=_HEAD,
        longest=90,
    ),
    # Of a release.
    Shape(
        Role.NOTE,
        rf"(?:[:,—–|-]* ?(?={WHEN}){TIME_WORDS}| (?:by|to|from|at|on|in)\b.{{0,60}})?",
        "FOR IMMEDIATE RELEASE",
        begins="for immediate release|for release|immediate release|not for publication|"
        "hold for release|for immediate distribution|for immediate publication",
        longest=140,
    ),
    Shape(
        Role.NOTE,
        r"(?: (?:until|till|for|to)\b|:).{0,80}|",
        "EMBARGOED until 6 a.m. on Monday",
        begins="embargoed until|embargoed for|embargoed|under embargo|embargo|strict embargo",
        zones=_HEAD,
        longest=120,
    ),
    Shape(
        Role.NOTE,
        r"(?: ?(?:no\.?|#|number) ?\d.{0,60})?",
        "MEDIA ADVISORY",
        begins="media advisory|news advisory|press advisory|photo advisory|media alert|"
        "press release|"
        "news release|media release|press statement|media statement|photo opportunity|"
        "note to editors and producers|editors|editor|city desk|assignment desk",
        zones=_ENDS,
        longest=160,
    ),
    Shape(
        Role.NOTE,
        r" ?[:—–].{0,250}|:",
        "Media contact: Bo Ek, 555 0123",
        begins="media contact|media contacts|press contact|press contacts|contact|contacts|"
        "media inquiries|media enquiries|press inquiries|press enquiries|for media inquiries|"
        "news media contact|contact information|for press inquiries|public affairs contact|"
        "investor contact|investor relations contact|media relations|press office|"
        "for further information|for more information|for additional information|more information|"
        "contact for media|media relations contact|spokesperson|spokesman|spokeswoman",
        zones=_ENDS,
        longest=280,
        opens=True,
    ),
    Shape(
        Role.NOTE,
        r" ?[:—–].{0,200}(?:\S@\S|\d{3}[ .)-]{1,2}\d).{0,100}",
        "Contact: Bo Ek, bo@port.example",
        begins="contact|contacts|media contact|media contacts|press contact|press contacts|"
        "investor contact|media inquiries|press inquiries",
        zones=(Zone.STORY,),
        longest=280,
    ),
    Shape(
        Role.NOTE,
        "",
        "Media contacts",
        begins="contacts|media contact|media contacts|press contact|press contacts|"
        "news media contact|for media inquiries|for press inquiries|for further information|"
        "for additional information|contact for media|investor contact",
        zones=_ENDS,
        opens=True,
    ),
    Shape(
        Role.NOTE,
        r",? (?:please )?(?:contact|call|e-?mail|write|reach|telephone|phone)\b.{2,300}",
        "For more information, contact Bo Ek at 555 0123.",
        begins="for more information|for further information|for additional information|"
        "for information|for more details|for details|for inquiries|for interviews|"
        "to schedule an interview|for press inquiries|for media inquiries|reporters|media|"
        "members of the media|journalists|news media|for media questions|"
        "for press questions|for media requests|for press requests",
        longest=340,
    ),
    Shape(
        Role.NOTE,
        r" ?(?:phone|no\.?|number)? ?[:.#]? ?(?:[+(]?\d[\d ().+/-]{5,30}.{0,40}|\S+@\S+\.\w+)",
        "Office: 555-555-0123",
        begins="office|cell|phone|telephone|tel|mobile|fax|email|e-mail|direct|cellphone|"
        "cell phone|"
        "ph|ph.|tel.|desk|media line|pager|hotline|voice|main|work|home",
        longest=90,
    ),
    Shape(
        Role.NOTE,
        r"(?: ?(?:numbers?|nos?\.?|#)?s? ?[:#]? ?)[\w-]{0,8}\d[\w./, -]{1,40}",
        "Case # 07NF0170",
        begins="case|case number|case no|case no.|docket|docket no|docket no.|docket number|"
        "file no|"
        "ref|reference|release|release no|release no.|release number|contract|news release no|"
        "report no|report number|cause no|indictment no|da case|court case",
        zones=_ENDS,
        longest=70,
    ),
    Shape(
        Role.NOTE,
        r".*\b(?:presumed (?:to be )?innocent|merely (?:an? )?(?:accusations?|allegations?|"
        r"charges?|"
        r"formal)|not (?:proof|evidence)|accusatory instrument|only (?:an? )?(?:allegations?|"
        r"accusations?|charges?))\b.*",
        "An indictment is merely an accusation, and is not proof of guilt.",
        begins="an indictment|a complaint|a criminal complaint|the charges|an information|charges|"
        "all defendants|all suspects|all persons|all individuals|defendants|the defendant|"
        "the defendants|every defendant|the details contained|a charge|criminal complaints|"
        "the indictment|the complaint|indictments|the public is reminded|the allegations|"
        "a grand jury indictment|criminal charges|the filing|the accused|anyone charged|"
        "a defendant|the information|it is important to note|complaints",
        longest=500,
    ),
    Shape(
        Role.NOTE,
        r".{60,}",
        "Forward-looking statements: what this release says of the pier and its future may change.",
        begins="forward-looking statements|forward looking statements|safe harbor statement|"
        "safe harbor statements|safe harbor for|"
        "cautionary statement|cautionary note",
        longest=4000,
    ),
    Shape(
        Role.NOTE,
        r".{0,160}\bforward.looking\b.*",
        "This release contains forward-looking statements about the pier.",
        begins="this release|this press release|this news release|this announcement|"
        "this communication|certain statements|some statements|some of the statements|"
        "statements in this|statements made in|the statements in|except for historical|"
        "except for the historical|all statements|any statements|matters discussed",
        longest=4000,
    ),
    Shape(
        Role.NOTE,
        r".{0,200}",
        "This post contains sponsored content.",
        begins="this post contains sponsored|this article contains sponsored|"
        "this post contains affiliate|this article contains affiliate|"
        "this content is for informational|this article is for informational|"
        "this post is for informational|please see full terms|see full terms of use|"
        "this is a sponsored|this is a paid|this is sponsored",
        longest=400,
    ),
    Shape(
        Role.NOTE,
        r" web ?site ?:? ?(?:https?://|www\.)\S+",
        "Company website: https://port.example",
        begins="company|corporate|investor",
        longest=120,
    ),
    Shape(
        Role.NOTE,
        r" (?:details|info)(?: ?:? ?(?-i:[A-Z\d+(]).{2,60}|:?)",
        "Contact detailsBo Ek",
        begins="contact|media contact|press contact",
        longest=90,
        opens=True,
    ),
    # The lines of a database and of a distributor above the headline.
    Shape(
        Role.NOTE,
        r"\d{1,5} of \d{1,6} ",
        "3 of 120 DOCUMENTS",
        ends="document|documents",
        zones=_HEAD,
        longest=40,
    ),
    Shape(
        Role.NOTE,
        r"(?: no\.?| number| #)? ?[a-z]{0,3}\d{2,8}",
        "MEDIA RELEASE PR1234",
        begins="media release|press release|news release",
        zones=_HEAD,
        longest=40,
    ),
    # Of the editor and of the house.
    Shape(
        Role.NOTE,
        r"(?: ?[:.—–|)]| [-_]).*|",
        "Editor's note: Some names were changed.",
        begins="editor's note|editors' note|editors note|editor note|editorial note|"
        "note to editors|note to readers|publisher's note|disclaimer|disclosure|full disclosure|"
        "author's note|reporter's note|writer's note|a note to readers|a note to our readers|"
        "trigger warning|content warning|about this story|about this series|"
        "about this article|about this report|about our reporting|methodology|"
        "how we reported this story|translator's note|legal notice|notes to editors|"
        "a note from the editor|editor's comment|programming note",
        longest=1500,
        opens=True,
    ),
    Shape(
        Role.NOTE,
        r"[:—–-]? .{0,20}(?:contains?|includes?|describes?|discusses|features)\b.{2,150}",
        "Warning: This story contains the plot of the film.",
        begins="warning|caution|reader discretion|content note",
        longest=200,
    ),
    Shape(
        Role.NOTE,
        rf"(?: ?(?:at|on|as of|:|,|\||–|—|-))* ?\(?(?={WHEN}){TIME_WORDS}",
        "Updated at 11:13 a.m.",
        begins="updated|last updated|update|last modified|modified|first published|published|"
        "posted|"
        "originally published|last update|date|issued|released|created|date posted|updates|"
        "publish date|published date|posted by|date published|pubdate|story updated|"
        "article updated|revised|aired|originally aired|recorded|this story was last updated|"
        "last reviewed|page updated|first posted|originally posted|date published",
        longest=140,
    ),
    Shape(
        Role.NOTE,
        rf" (?=(?:at )?{WHEN}){TIME_WORDS} (?:with|to (?:add|include|reflect|say|show)) "
        r"(?![^.]*\. \w).{2,160}",
        "Updated at 9.59 am ET with quotes from the captains",
        begins="updated|last updated|story updated|article updated",
        longest=220,
    ),
    Shape(
        Role.NOTE,
        rf"(?: \([^()]{{1,60}}\)|,? ?(?={WHEN}){TIME_WORDS})? ?[:—–] ?(?:this|the) "
        r"(?:article|story|post|report|piece|headline|page|item)\b.{2,500}",
        "Update: This story has the results of the vote.",
        begins="update|updated|editor's update|updates",
        longest=600,
    ),
    Shape(
        Role.NOTE,
        r"(?:[ .,;:—–-].{0,250})?",
        "This is a developing story. Check back for updates.",
        begins="this is a developing story|this is a developing news|this is a breaking news|"
        "this is a breaking new story|"
        "this is a breaking story|this story is developing|this is breaking news|"
        "this breaking news|developing story|this developing story|check back for|"
        "check back later|please check back|stay with us for|this story will be updated|"
        "this post will be updated|this article will be updated|this page will be updated|"
        "more details to follow|more to follow|details to follow|this page was last updated|"
        "this story is being updated",
        longest=500,
    ),
    Shape(
        Role.NOTE,
        rf"(?: (?:to|with|at|on|throughout|since|and|after|following|from|as|for|in|due|because|"
        rf"several|multiple|{WHEN}).{{0,400}}| ?[.,;:—–(-].{{0,300}}|)",
        "This story was updated to include the results of the vote.",
        begins="this story has been updated|this article has been updated|"
        "this post has been updated|this story was updated|this article was updated|"
        "this post was updated|this report has been updated|this report was updated|"
        "this piece has been updated|this page was updated|this item has been updated|"
        "the story has been updated|the article has been updated",
        longest=500,
    ),
    Shape(
        Role.NOTE,
        r" (?:was|were|is|are|has|have|had|also|first|originally|previously|"
        r"initially|appears?|appeared)\b(?: (?:been|also|first|originally|previously|initially|"
        r"being|"
        r"jointly|\w+ly|part))* ?(?:published|republished|appeared|appears?|produced|syndicated|"
        r"reprinted|reproduced|adapted|excerpted|translated|made possible|supported|funded|"
        r"edited for|in (?:the|our) (?:[\w,]+ ){0,5}(?:issue|edition)|"
        r"condensed|provided|written for|the (?:first|second|third|fourth|last|latest|"
        r"final) (?:in|of)|"
        r"licensed|distributed|taken from|co-published|posted|sponsored|of (?:a|our)|"
        r"based (?:in (?:part|whole) )?on (?:wire|agency|reports)|"
        r"commissioned|crossposted|cross-posted|lightly|in (?:the )?print|brought to you|"
        r"by)\b.{0,350}"
        r"(?<!said)",
        "This article originally appeared in the Port Post.",
        begins=_THESE,
        longest=500,
    ),
    Shape(
        Role.NOTE,
        r" (?:article|story|column|post|piece|essay|report|interview|op-ed|review|commentary|"
        r"editorial|blog post|excerpt)\b.{0,60}\b(?:appeared|appears|published|ran|"
        r"first)\b.{0,250}",
        "A version of this article appeared in print on March 4, 2021.",
        begins="a version of this|a revised version of this|"
        "versions of this|a longer version of this|"
        "a shorter version of this|"
        "portions of this|parts of this|a similar version of this|a form of this|"
        "an abridged version of this|another version of this|a condensed version of this|"
        "an excerpt of this|an edited version of this",
        longest=340,
    ),
    Shape(
        Role.NOTE,
        r" (?:from|with|by|courtesy)\b.{2,250}",
        "Reprinted with permission from the Port Post.",
        begins="reprinted|republished|excerpted|adapted|condensed|reproduced|cross-posted|"
        "crossposted|originally published by|originally published in|originally published at|"
        "originally appeared in|originally appeared at|originally appeared on|first published in|"
        "first published by|first appeared in|reprinted here|re-posted|reposted|syndicated",
        longest=280,
    ),
    Shape(
        Role.NOTE,
        r".{0,80}\b(?:edited|condensed|transcribed|translated|transcript|final form)\b.{0,120}",
        "The interview has been edited for length and clarity.",
        begins="the interview|this interview|this conversation|the conversation|the transcript|"
        "this transcript|the following transcript|interviews|the following is|answers|quotes|"
        "this is a rush transcript|rush transcript|the following interview|"
        "the following transcript has|responses|our conversation|"
        "transcript|these interviews",
        longest=240,
    ),
    Shape(
        Role.NOTE,
        r".{0,120}\b(?:those of|his own|her own|their own|the author|the authors|the writer|"
        r"the columnist|columnists|necessarily|do not reflect|does not represent|solely|alone)\b.*",
        "The opinions expressed by columnists are their own.",
        begins="the opinions expressed|the views expressed|opinions expressed|views expressed|"
        "the opinions|the views|any opinions|any views|the opinion expressed|opinions in this|"
        "the views and opinions|views and opinions|this commentary reflects|this column does not|"
        "this column reflects|this is an opinion|all opinions expressed|all views expressed|"
        "the viewpoints expressed|the statements made|the thoughts expressed",
        longest=500,
    ),
    Shape(
        Role.NOTE,
        r"(?:'s)? (?:[\w,]+ ){0,6}(?:receives?|is supported|are supported|is made possible|"
        r"was made possible|was supported|were supported|is funded|was funded|"
        r"is solely responsible)"
        r"\b.{0,30}\b(?:support|funding|grant|by|through)\b.*",
        "The Associated Press receives support for its coverage of harbours.",
        begins="the associated press|associated press|ap|this coverage|this reporting|this work|"
        "this project|this series|reporting for this|support for this|funding for this|"
        "this program|coverage of|our reporting",
        longest=500,
    ),
    Shape(
        Role.NOTE,
        r" ?[:|].*",
        "Our Standards: The Principles of Port News",
        begins="our standards|our code|our ethics policy|thomson reuters trust principles|"
        "our editorial standards|our journalism",
        longest=200,
    ),
    Shape(
        Role.NOTE,
        r"\b.{0,400}",
        "This work is licensed under a Creative Commons licence.",
        begins="all content by|all contents by|"
        "this work is licensed|this article is licensed|licensed under|creative commons|"
        "this content is licensed|this work is made available|republish this|"
        "except where otherwise noted|unless otherwise noted|text is available under|"
        "our work is licensed|you are free to republish|this story is licensed|"
        "this article is republished|this article was republished|this story is republished|"
        "this work by|we encourage you to republish|republish our|"
        "for licensing opportunities|for reprint|for permission to|"
        "for reprints|to order reprints|order reprints|to license|to request permission|"
        "for rights and permissions|to republish|for syndication|this article may be reproduced|"
        "all content created by|content created by|all content produced by|distributed by|"
        "provided by|a service of|"
        "source: this|copyright terms|permission to|permission is granted",
        zones=_ENDS,
        longest=700,
    ),
    Shape(Role.NOTE, r"\d{1,2}[:.]\d\d ?[ap]\.?m\.?(?: ?[a-z]{2,4})?", "12:03 p.m. ET", longest=20),
    Shape(
        Role.NOTE,
        rf"(?=.{{0,30}}\d){TIME_WORDS}",
        "Tuesday, March 4, 2021 | 4:10 pm",
        begins="january|february|march|april|may|june|july|august|september|october|november|"
        "december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|monday|tuesday|wednesday|"
        "thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun",
        zones=_HEAD,
        longest=100,
    ),
    Shape(
        Role.NOTE,
        rf"(?=\d{{1,4}})(?=(?:\d{{4}}-\d|\d{{1,2}}/\d{{1,2}}/\d\d|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|"
        rf".{{0,20}}\b{MONTHS}\b)).{{0,3}}{TIME_WORDS}",
        "18 Nov 2019 05:44 GMT",
        zones=_HEAD,
        longest=80,
    ),
    Shape(Role.NOTE, r"\d{6} GMT\b.{0,20}", "131137 GMT Nov 13", longest=40),
    Shape(Role.NOTE, r"[\d,]+ words", "515 words", longest=20),
    Shape(
        Role.NOTE,
        r"",
        "The following information is not for publication",
        begins="the following information is not for publication|"
        "the following information is not intended for publication|editorial contacts|notebook|"
        "internet links|editorial contact",
        zones=_TAIL,
        opens=True,
    ),
    Shape(Role.NOTE, r":? .{2,60}", "Via Port Wire", begins="via", zones=_TAIL, longest=70),
    Shape(
        Role.NOTE,
        r" (?-i:[A-Z][\w'&]*(?: [A-Z][\w'&]*){0,3})",
        "Via Port Watch",
        begins="via",
        zones=(Zone.STORY,),
        longest=50,
    ),
    # Series.
    Shape(
        Role.NOTE,
        r" .{0,60}\b(?:in|of) (?:a|an|our|the|this) (?:[\w-]+[ -]){0,4}?series"
        r"(?:,? (?:on|about|exploring|examining|looking|profiling|from|by|featuring|called|titled|"
        r"that|which|in which|focus\w+|highlight\w+|reported)\b.{0,200})?",
        "This is the second in a series on harbours.",
        begins="this is|this is the|this is one|this story is|this article is|this post is|"
        "this is part|this report is|this is another|first|second|third|fourth|last|part|another",
        longest=300,
    ),
    Shape(
        Role.NOTE,
        r" (?:[\w-]+ )?(?:of|in) (?:a |an )?(?:[\w-]+[- ]){0,3}(?:parts?|articles|stories|series|"
        r"columns|reports)(?:[.:,].{0,120})?",
        "First of three parts.",
        begins="first|second|third|fourth|fifth|last|final|part one|part two|part three",
        longest=150,
    ),
    Shape(
        Role.NOTE,
        r" (?:\d+|one|two|three|four|five|six) of (?!the question|an?\b).{1,160}",
        "This is part 2 of our report on the pier.",
        begins="this is part|this story is part|this article is part|this post is part",
        longest=200,
    ),
    Shape(
        Role.NOTE,
        r" (?:\d+|one|two|three|four|five|six) of (?:(?:\d+|two|three|four|five|six|seven|eight|"
        r"nine|ten)\b.{0,160}|(?:(?:the|his|her) (?:[\w'’-]+ ){0,4}series|(?:our|this) "
        r"(?:[\w'’-]+ ){0,4}(?:series|report|project|investigation|package|interview|story|"
        r"special))s?\b.{0,120})",
        "Part 2 of our report on the pier",
        begins="part",
        longest=200,
    ),
    Shape(
        Role.NOTE,
        r",? .{0,350}",
        "_This series shows how harbours are paid for._",
        begins="this series|this story|this article|this post|this column|this essay|"
        "this feature|this report|in this series|this page|this blog|each week|every week|"
        "this is the first|this is the second|this is the third|this is the last|tomorrow|"
        "tomorrow's post|next in our series|next in this series|thanks to",
        zones=_ENDS,
        marked=True,
        longest=500,
    ),
    Shape(
        Role.NOTE,
        rf"[^.]{{0,60}}?{MONTHS}\.? (?:\d{{1,2}},? )?(?:19|20)\d\d"
        r"(?:last |first |originally )?(?:updated|modified|published|posted|this (?:article|story))"
        r".{4,120}",
        "Published March 4, 2021Last updated March 9, 2021 10:12 am",
        begins="published|first published|originally published|last updated|updated|posted",
        zones=_ENDS,
        longest=200,
    ),
    Shape(
        Role.NOTE,
        r" .{0,80}\b(?:op-?eds?|letters?|columns?|commentary|essays?|opinion pieces?|guest posts?|"
        r"articles?|stories|submissions?)\b.{0,160}\b(?:guidelines|submissions?|here|e-?mail|send|"
        r"write to|contact|click|editor)\b.{0,120}",
        "If you would like to write an op-ed for the Port Post, please read our guidelines.",
        begins="if you would like to|if you'd like to|if you want to|if you wish to|"
        "interested in writing|want to write|would you like to write|to write a|to write an",
        zones=_ENDS,
        longest=330,
    ),
    Shape(
        Role.NOTE,
        r"[^.?!]{0,60}\? .{0,120}\S@\S.{0,120}",
        "Got feedback? Write to us at letters@port.example. Let's begin.",
        begins="got feedback|have feedback|any feedback|feedback|got a tip|have a tip|got tips|"
        "got a question|have a question|any questions|questions|got something to share|"
        "got a story|got news|comments or questions|questions or comments",
        longest=260,
    ),
    Shape(
        Role.NOTE,
        r" ?[:—–|-] ?.{12,}",
        "About the author: Maja Orlo writes novels about harbours.",
        begins="about the author|about the authors|about the writer|about the writers|"
        "about the reporter|about this project",
        longest=1000,
    ),
    # About the writer, and how to write.
    Shape(
        Role.NOTE,
        rf"(?!the ){{fullname}}(?:,? and {{fullname}})?,? (?:\([^()]{{1,80}}\),? )?"
        rf"(?-i:(?=[a-z]))(?:is|are|works as|serves as) (?:(?:an?|the|our|a former|one of) "
        rf"(?:[^.]{{0,80}}?[ '-])?|(?:"
        rf"(?!(?:and|its|his|her|their|no|not)\b|[\w'-]+(?:ing|ly|ed)\b)"
        rf"[^\W_][\w'&-]* ){{0,3}}?(?:\w+-)?)"
        rf"(?<!and ){_PRESS}"
        rf"s?\b.{{0,500}}",
        "Maja Orlo is a staff writer at the Port Post.",
        within=" is | are | works as | serves as ",
        named=True,
        zones=_ENDS,
        longest=800,
    ),
    Shape(
        Role.NOTE,
        r"{fullname}(?:,? and {fullname})?(?:, [^.,]{2,60},)? "
        r"(?-i:(?=[a-z]))(?:writes? (?:about|for|on|the|a|from|books|regularly|frequently)|"
        r"covers?(?! (?:his|her|its|their|up|with|about|\d))|reports on|blogs|tweets (?:at|@)|"
        r"contributes to|teaches|leads coverage|"
        r"can be (?:reached|contacted|followed|emailed|found))\b.{3,400}",
        "Maja Orlo writes for the Port Post; write to her there.",
        within=" write| cover| reports on| blogs| tweets | contributes to| teaches| leads coverage|"
        " can be ",
        named=True,
        zones=_ENDS,
        longest=500,
    ),
    Shape(
        Role.NOTE,
        rf"(?!the ){{fullname}}(?:,? and {{fullname}})?,? (?:[^,.]{{2,80}}, )?(?-i:(?=[a-z]))"
        rf"(?:is|are) (?:an? |the |currently )?(?:[\w.,&'-]+ ){{0,9}}?{_SCHOLAR}"
        rf"\b(?!.*\bsaid\b).{{0,500}}",
        "Maja Orlo is an associate professor of harbours at Lindholm University.",
        within=" is | are ",
        named=True,
        newcomer=True,
        zones=_TAIL,
        longest=400,
    ),
    Shape(
        Role.NOTE,
        r" .{3,350}",
        "The writer is a ferry captain in Lindholm.",
        begins="the author is|the writer is|the writer was|the author was|the authors are|"
        "the writers are|the author writes|the writer can|the author can|the reporter can",
        zones=_ENDS,
    ),
    Shape(
        Role.NOTE,
        r".{0,120}?(?:\bat\b|\bto\b|\bvia\b|:).{0,60}?(?:\S@\S|@\w|email protected|\d{3}[ .)-]|"
        r"\w ?[\['\"(]at[\])'\"] ?\w|"
        r"www\.|\.com\b|"
        r"\.org\b|twitter|facebook)"
        r".{0,150}",
        "Write to Maja Orlo at maja@port.example.",
        begins="reach|write to|contact|email|e-mail|readers can|readers may|letters to|send|"
        "you can reach|you can contact|you can email|the writer can be|the author can be|"
        "to contact|to reach|reach her|reach him|he can be|she can be|they can be|his email|"
        "her email|contact us|contact the|email the|send your|send us|send letters|letters should|"
        "to submit|submit your|submit a letter|write the|to respond|comments can be|send comments|"
        "reach reporter|contact reporter|staff writer|reporter|have a tip|got a tip|have a story|"
        "do you have|please send|please email|call reporter|call",
        zones=_ENDS,
        longest=330,
    ),
    Shape(
        Role.NOTE,
        r" (?:a |an )?(?:independent |local |small )?(?:student-run|non-?profit|reader-supported|"
        r"reader-funded|donor-funded|volunteer-run|listener-supported)\b.{5,500}",
        "We're a student-run newsroom that lives on gifts.",
        begins="we're|we are",
        zones=_TAIL,
        longest=600,
    ),
    Shape(
        Role.NOTE,
        "",
        "While you're here...",
        begins="while you're here|while you are here|before you go",
        zones=_TAIL,
        longest=40,
    ),
    # The head's and the tail's own.
    Shape(
        Role.NOTE,
        "",
        "FIRST EDITION",
        begins="|".join(
            f"{which} edition"
            for which in "first|second|third|fourth|final|early|late|late final|morning|evening|"
            "home|city|national|metro|valley|main|sunday|state|regional|correction appended".split(
                "|"
            )
        ),
        zones=_ENDS,
        longest=40,
    ),
    Shape(
        Role.NOTE,
        "",
        "Editorial",
        begins="brief|editorial|column|op-ed|letter to the editor|letters to the editor|obituary|"
        "news analysis|infobox|profile",
        zones=_TAIL,
        longest=40,
    ),
    Shape(
        Role.NOTE,
        ":",
        "OPINION:",
        begins="opinion|editorial|op-ed|column|letter|letters|review|feature|breaking|"
        "breaking news|"
        "perspective|update|bulletin|urgent|bc|obituary",
        zones=_HEAD,
        longest=40,
    ),
    Shape(
        Role.NOTE,
        ":?",
        "ANALYSIS/OPINION:",
        begins="analysis/opinion|analysis|commentary|exclusive|news analysis|guest column|"
        "guest commentary|book review|film review|special report|sponsored post|guest essay|"
        "letter to the editor|guest opinion|press release|the upshot|just in|developing|advisory",
        zones=_HEAD,
        longest=40,
    ),
    Shape(
        Role.NOTE,
        r" ?(?:(?-i:[A-Z0-9$£€+(\"'])|the |at |free\b|http|www).{2,200}(?<!\?)",
        "Where: the old pier, Lindholm. Tickets: 5 crowns.",
        begins="when:|where:|what:|who:|why:|tickets:|admission:|info:|information:|cost:|hours:|"
        "rated:|rating:|running time:|starring:|directed by:|if you go:|how much:|address:|"
        "phone:|website:|web site:|online:|date:|time:|location:|place:|venue:|price:|"
        "deadline:|dates:|on the web:|on the net:|web:",
        zones=_TAIL,
        longest=260,
    ),
    Shape(
        Role.NOTE,
        ":?",
        "If you go",
        begins="if you go|on the net|on the web|details|event details|event information",
        zones=_TAIL,
        longest=40,
        opens=True,
    ),
    Shape(
        Role.NOTE,
        # What follows an address in Markdown is a title between marks.
        r"\^[^\]\[]{1,100}\]: ?\S.*|[^\]\[]{1,100}\]: {0,3}(?:<?(?:https?://|www\.)\S+"
        r"(?:\s.{0,200})?|(?:<|[a-z][\w+.-]*:|[/#.{]|[\w%~-]+[./#])\S+(?:\s+[\"'(].{0,200})?|"
        r"\{(?:\{.{1,400}\}|%.{1,400}%)\}\S*)",
        "[submit]: https://port.example/submit",
        begins="[",
        longest=2000,
    ),
    Shape(
        Role.BYLINE,
        r"(?: in .{2,40}|\)?,? (?-i:[A-Z]).{2,40})?",
        "(From Our Own Correspondent)",
        begins="|".join(
            f"{by}our {writer}"
            for by in ("", "by ", "from ")
            for writer in (
                "correspondent",
                "own correspondent",
                "special correspondent",
                "staff reporter",
                "foreign correspondent",
                "foreign staff",
                "reporter",
                "own reporter",
            )
        ),
        zones=_HEAD,
        longest=80,
    ),
    # The lines in brackets above the text of an official record.
    Shape(
        Role.NOTE,
        r" volume \d+, number \d+ \(.{5,60}\)",
        "[Congressional Record Volume 12, Number 8 (Thursday, March 4, 2021)]",
        begins="congressional record|federal register",
        zones=_HEAD,
        longest=140,
        marked=True,
    ),
    Shape(
        Role.NOTE,
        r"",
        "[Extensions of Remarks]",
        begins="house|senate|extensions of remarks|daily digest",
        zones=_HEAD,
        longest=30,
        marked=True,
    ),
    Shape(
        Role.NOTE,
        r" [a-z]{0,2}\d{1,6}(?: ?[–-] ?[a-z]{0,2}\d{1,6})?",
        "[Pages H12-H14]",
        begins="page|pages",
        zones=_HEAD,
        longest=30,
        marked=True,
    ),
    Shape(
        Role.NOTE,
        r" [^.!?]{3,80} \[(?:www\.|https?://)\S{3,80}\]",
        "From the Congressional Record Online through the Port Office [www.port.example]",
        begins="from the congressional record online|from the federal register online",
        zones=_HEAD,
        longest=180,
    ),
    Shape(
        Role.BYLINE,
        r"(?!.* to (?!the\b))(?! [a-z]{3,}ing\b(?! (?-i:[A-Z])[\w'-]*$))"
        r"(?!(?<=special to) (?:the )?(?!the )(?-i:[a-z]+)\b(?!\.\w))"
        r"(?! the (?-i:[a-z])[^,]*, (?-i:[a-z])) .{1,70}",
        "Special to the Port Post",
        begins="special to|by",
        zones=_HEAD,
        longest=80,
    ),
)

HIGHLIGHTS = (
    Shape(
        Role.HEADLINE,
        r": ?.{3,}",
        "Highlight: The board voted to close the old pier.",
        begins="highlight|headline|subheadline|sub-headline|subhead|deck",
        zones=_HEAD,
    ),
    Shape(
        Role.LIST,
        ":?",
        "Story highlights",
        begins="story highlights|highlights|key points|key takeaways|at a glance|"
        "article highlights|quick facts|fast facts|the essentials",
        zones=(Zone.HEAD,),
        opens=True,
    ),
    Shape(
        Role.LIST,
        r":? (?-i:[A-Z\"']).{20,}(?<!\.)",
        "Story highlights The board of Lindholm voted to close the old pier",
        begins="story highlights|article highlights|key points|key takeaways",
        zones=(Zone.HEAD,),
        longest=260,
        opens=True,
    ),
    Shape(
        Role.LIST,
        ":?",
        "In this issue",
        begins="in this issue|inside this issue|in this edition|also in this issue",
        zones=(Zone.HEAD,),
    ),
)
