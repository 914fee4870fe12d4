"""Operators and fields of other products: what is read, what is only said, what stays prose."""

import datetime

import pytest

from nutgraf import Article, Index, QueryError, search
from nutgraf.query.other_syntax.register import register_of
from nutgraf.query.parser import parse
from nutgraf.query.tree import Signed, Words
from nutgraf_index.analysis.analyzer import analyzer_of

FRIDAY = datetime.date(2020, 1, 10)
NEAR, ADJ = "iraq NEAR/3 iran", "iraq ADJ/3 iran"
DASHES = "‐‑‒–—―−﹘﹣－"


@pytest.mark.parametrize(
    ("text", "understood", "message"),
    [
        ("iraq W/3 iran", NEAR, "W/3 is read as NEAR/3 here."),
        ("iraq w/3 iran", NEAR, "w/3 is read as NEAR/3 here."),
        ("iraq near/3 iran", NEAR, "near/3 is read as NEAR/3 here."),
        ("iraq Near/3 iran", NEAR, "Near/3 is read as NEAR/3 here."),
        ("iraq WITHIN/3 iran", NEAR, "WITHIN/3 is read as NEAR/3 here."),
        ("iraq N/3 iran", NEAR, "N/3 is read as NEAR/3 here."),
        ("iraq /3 iran", NEAR, "/3 is read as NEAR/3 here."),
        ("iraq NEAR3 iran", NEAR, "NEAR3 is read as NEAR/3 here."),
        ("iraq near3 iran", NEAR, "near3 is read as NEAR/3 here."),
        ("iraq near:3 iran", NEAR, "near:3 is read as NEAR/3 here."),
        ("iraq NEAR(3) iran", NEAR, "NEAR(3) is read as NEAR/3 here."),
        ("iraq NEAR(n=3) iran", NEAR, "NEAR(n=3) is read as NEAR/3 here."),
        ("iraq AROUND(3) iran", NEAR, "AROUND(3) is read as NEAR/3 here."),
        ("iraq PRE/3 iran", ADJ, "PRE/3 is read as ADJ/3 here."),
        ("iraq NEXT/3 iran", ADJ, "NEXT/3 is read as ADJ/3 here."),
        ("iraq adj/3 iran", ADJ, "adj/3 is read as ADJ/3 here."),
        ("iraq ADJ3 iran", ADJ, "ADJ3 is read as ADJ/3 here."),
        ("iraq P/3 iran", ADJ, "P/3 is read as ADJ/3 here."),
        ("iraq <-> iran", "iraq ADJ/0 iran", "<-> is read as ADJ/0 here."),
        (
            "NEAR(iraq iran, 3)",
            NEAR,
            "NEAR(iraq iran, 3) is read as iraq NEAR/3 iran here.",
        ),
        (
            'NEAR(iraq "the war")',
            'iraq NEAR/10 "the war"',
            'NEAR(iraq "the war") is read as iraq NEAR/10 "the war" here.',
        ),
        (
            'NEAR("iraq", "iran" , 3)',
            '"iraq" NEAR/3 "iran"',
            'NEAR("iraq", "iran" , 3) is read as "iraq" NEAR/3 "iran" here.',
        ),
        (
            "near(iraq, iran, syria, 4)",
            "iraq NEAR/4 iran NEAR/4 syria",
            "near(iraq, iran, syria, 4) is read as iraq NEAR/4 iran NEAR/4 syria here.",
        ),
        ("ONEAR(iraq iran, 3)", ADJ, "ONEAR(iraq iran, 3) is read as iraq ADJ/3 iran here."),
        (
            "(iraq) w/3 (iran OR syria)",
            "iraq NEAR/3 (iran OR syria)",
            "w/3 is read as NEAR/3 here.",
        ),
        ('"a b" w/3 c*', '"a b" NEAR/3 c*', "w/3 is read as NEAR/3 here."),
        ("iraq && drone", "iraq AND drone", "&& is read as AND here."),
        ("iraq && -drone", "iraq -drone", "&& is read as AND here."),
        ("a (iraq || drone)", "a iraq drone", "|| is read as OR here."),
        ("iraq ANDNOT drone", "iraq -drone", "ANDNOT is read as NOT here."),
        ("iraq BUT NOT drone", "iraq -drone", "BUT NOT is read as NOT here."),
        ("iraq !drone", "iraq -drone", "!drone is read as -drone here."),
        ("!drone", "-drone", "!drone is read as -drone here."),
        ("¬drone", "-drone", "¬drone is read as -drone here."),
        *(
            (f"iraq {dash}drone", "iraq -drone", f"{dash}drone is read as -drone here.")
            for dash in DASHES
        ),
        ("iraq, –drone", "iraq -drone", "–drone is read as -drone here."),
        ("(–drone iraq)", "iraq -drone", "–drone is read as -drone here."),
        ('iraq !"the war"', 'iraq -"the war"', '!"the war" is read as -"the war" here.'),
        ("iraq –(iran OR syria)", "iraq -(iran OR syria)", "– is read as - here."),
        ("iraq !dro*", "iraq -dro*", "!dro* is read as -dro* here."),
        ("iraq –by:lee", "iraq -by:lee", "–by:lee is read as -by:lee here."),
        (
            'iraq –by:"Ann Lee"',
            'iraq -by:"Ann Lee"',
            '–by:"Ann Lee" is read as -by:"Ann Lee" here.',
        ),
        ("otter~0.8", "otter~", "otter~0.8 is read as otter~ here."),
        ("otter~0.5", "otter~2", "otter~0.5 is read as otter~2 here."),
        ("author:lee", "by:lee", "author:lee is read as by:lee here."),
        ("FROM:lee", "by:lee", "FROM:lee is read as by:lee here."),
        ("writer:lee", "by:lee", "writer:lee is read as by:lee here."),
        ('byline:"Ann Lee"', 'by:"Ann Lee"', 'byline:"Ann Lee" is read as by:"Ann Lee" here.'),
        ("headline:otter", "title:otter", "headline:otter is read as title:otter here."),
        ("intitle:otter", "title:otter", "intitle:otter is read as title:otter here."),
        ("allintitle:otter", "title:otter", "allintitle:otter is read as title:otter here."),
        ("subject:otter", "title:otter", "subject:otter is read as title:otter here."),
        ("site:reuters", "source:reuters", "site:reuters is read as source:reuters here."),
        ("publisher:ap", "source:ap", "publisher:ap is read as source:ap here."),
        ("dateline:ellery", "place:ellery", "dateline:ellery is read as place:ellery here."),
        ("location:ellery", "place:ellery", "location:ellery is read as place:ellery here."),
        ("in:2019", "path:2019", "in:2019 is read as path:2019 here."),
        ("file:2019/a.md", "path:2019/a.md", "file:2019/a.md is read as path:2019/a.md here."),
        ("filename:a.md", 'path:"*a.md"', 'filename:a.md is read as path:"*a.md" here.'),
        ("filetype:md", 'path:"*.md"', 'filetype:md is read as path:"*.md" here.'),
        ("ext:.md", 'path:"*.md"', 'ext:.md is read as path:"*.md" here.'),
        ("before:2019", "date:..2018-12-31", "before:2019 is read as date:..2018-12-31 here."),
        ("after:2019", "date:2019..", "after:2019 is read as date:2019.. here."),
        ("since:2019-05", "date:2019-05..", "since:2019-05 is read as date:2019-05.. here."),
        ("until:2019-05", "date:..2019-05", "until:2019-05 is read as date:..2019-05 here."),
        ("from:2019", "date:2019..", "from:2019 is read as date:2019.. here."),
        (
            "since:yesterday",
            "date:2020-01-09..",
            "since:yesterday is read as date:2020-01-09.. here.",
        ),
        ("year:2019", "date:2019", "year:2019 is read as date:2019 here."),
        ("date>2019", "date:2020-01-01..", "date>2019 is read as date:2020-01-01.. here."),
        ("date>=2019-05", "date:2019-05..", "date>=2019-05 is read as date:2019-05.. here."),
        ("date<2019-05", "date:..2019-04-30", "date<2019-05 is read as date:..2019-04-30 here."),
        ("year<=2019", "date:..2019", "year<=2019 is read as date:..2019 here."),
        ("date=2019", "date:2019", "date=2019 is read as date:2019 here."),
        ("date:>2019", "date:2020-01-01..", "date:>2019 is read as date:2020-01-01.. here."),
        (
            "date:[2019 TO 2020]",
            "date:2019..2020",
            "date:[2019 TO 2020] is read as date:2019..2020 here.",
        ),
        (
            "date:{2019 to 2020-03]",
            "date:2020-01-01..2020-03",
            "date:{2019 to 2020-03] is read as date:2020-01-01..2020-03 here.",
        ),
        ("date:[* TO 2020]", "date:..2020", "date:[* TO 2020] is read as date:..2020 here."),
        ("author:(lee OR holt)", "by:lee OR by:holt", "author: is read as by: here."),
        ("by:(lee or holt)", "by:lee OR by:holt", "or is read as OR here."),
    ],
)
def test_what_is_certain_is_read_and_said(text: str, understood: str, message: str) -> None:
    query = parse(text, clock=lambda: FRIDAY)
    assert str(query) == understood
    (diagnostic,) = query.diagnostics
    assert (diagnostic.kind, diagnostic.message) == ("other-syntax", message)
    typed = text[diagnostic.start : diagnostic.end]
    assert message == f"{typed} is read as {diagnostic.suggestion} here."
    printed = parse(understood)
    assert (printed.tree, printed.diagnostics) == (query.tree, ())


@pytest.mark.parametrize("query", ["–「 ^", "!› ^", "!›}", "-^", "iraq !« ^"])
def test_a_sign_before_a_sign_excludes_nothing(query: str) -> None:
    assert str(parse(query)) == ("iraq" if "iraq" in query else "")


def test_a_long_query_of_operators_in_capitals_is_no_prose() -> None:
    query = parse(
        "(iraq OR iran) w/5 (drone OR missile OR rocket) !israel AND author:lee since:2019"
    )
    near = "(iraq OR iran) NEAR/5 (drone OR missile OR rocket)"
    assert str(query) == f"{near} by:lee date:2019.. -israel"
    assert [one.suggestion for one in query.diagnostics] == [
        "NEAR/5",
        "-israel",
        "by:lee",
        "date:2019..",
    ]


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("by:(lee OR holt)", "by:lee OR by:holt"),
        ('BY:("Ann Lee" OR =Holt) a', 'a (by:"Ann Lee" OR by:Holt)'),
        ("a title:(otters rivers)", "a title:otters title:rivers"),
        ("a title:(otters -rivers)", "a title:otters -title:rivers"),
        ("a -by:(lee OR holt)", "a -(by:lee OR by:holt)"),
        ("by:((lee OR holt) ann)", "(by:lee OR by:holt) by:ann"),
        ("by:(title:x lee)", "title:x by:lee"),
        ("date:(2018 OR 2020)", "date:2018 OR date:2020"),
    ],
)
def test_a_field_before_a_parenthesis_is_that_of_each_word(text: str, understood: str) -> None:
    query = parse(text)
    assert (str(query), query.diagnostics) == (understood, ())
    assert parse(understood).tree == query.tree


REGEX = "{} looks like a regular expression, and there are none here."
TRUNCATED = "The sign in {} stands for no letters here; write *, or ? for one letter."
EXCLUDED = "{} is searched as a word; to exclude it, write - before it."
NO_NEAR = "{} is taken as words; for words near each other write NEAR and a distance."
DISTANCE = "The distance in {} is ignored; for words near each other write ~ and a number."


@pytest.mark.parametrize(
    ("text", "part", "message", "suggestion"),
    [
        ('"a b"/3', '"a b"/3', DISTANCE, '"a b"~3'),
        ('"a b"@5 c', '"a b"@5', DISTANCE, '"a b"~5'),
        ('"a b"~0.8', '"a b"~0.8', DISTANCE, '"a b"~1'),
        ("/ira[qn]/", "/ira[qn]/", REGEX, "(iraq OR iran)"),
        ("/ira(q|n)s/", "/ira(q|n)s/", REGEX, "(iraqs OR irans)"),
        ("/ira.*/", "/ira.*/", REGEX, "ira*"),
        ("a.*b", "a.*b", REGEX, "a*b"),
        ("iran ira.+n", "ira.+n", REGEX, "ira*n"),
        ("x{2}", "x{2}", REGEX, ""),
        (r"\botter\b", r"\botter\b", REGEX, ""),
        ("^iraq", "^iraq", REGEX, "iraq"),
        ("ira[a-z]n", "ira[a-z]n", REGEX, "ira?n"),
        (
            "(iraq|iran) drone",
            "iraq|iran",
            "| does not join words here; {} is taken as words in a row.",
            "(iraq OR iran)",
        ),
        (
            "[2019 TO 2020]",
            "[2019 TO 2020]",
            "{} is no range here; it is taken as words.",
            "date:2019..2020",
        ),
        ("{a TO b}", "{a TO b}", "{} is no range here; it is taken as words.", ""),
        (
            ">2019",
            ">2019",
            "{} is no comparison of dates here; it is taken as words.",
            "date:2020-01-01..",
        ),
        (
            "otter date >= 2019-05",
            "date >= 2019-05",
            "{} is no comparison of dates here; it is taken as words.",
            "date:2019-05..",
        ),
        (
            "headline(otter)",
            "headline(otter)",
            "{} is no filter here; it is taken as words.",
            "title:otter",
        ),
        (
            "BYLINE(ann lee) otter",
            "BYLINE(ann lee)",
            "{} is no filter here; it is taken as words.",
            "by:(ann lee)",
        ),
        (
            "atleast3(otter)",
            "atleast3(otter)",
            "{} asks for a number of occurrences, which cannot be asked for here.",
            "otter",
        ),
        (
            "ALLCAPS(who)",
            "ALLCAPS(who)",
            "{} asks for capitals; write = and the word as it is written.",
            "=who",
        ),
        ("otter!", "otter!", TRUNCATED, "otter*"),
        ("librar! fund", "librar!", TRUNCATED, "librar*"),
        ("otter$", "otter$", TRUNCATED, "otter*"),
        ("%otter%", "%otter%", TRUNCATED, "*otter*"),
        ("wom#n", "wom#n", TRUNCATED, "wom?n"),
        ("iraq within 3 iran", "within 3", NO_NEAR, "NEAR/3"),
        ("iraq WITHIN 3 iran", "WITHIN 3", NO_NEAR, "NEAR/3"),
        ("iraq w/s iran", "w/s", NO_NEAR, "NEAR/20"),
        ("iraq SAME iran", "SAME", NO_NEAR, "NEAR/20"),
        ("iraq /p iran", "/p", "{} is taken as words; AND holds within one paragraph.", "AND"),
        ("iraq N5 iran", "N5", NO_NEAR, "NEAR/5"),
        ("iraq W5 iran", "W5", NO_NEAR, "ADJ/5"),
        (
            "otters 2019..2020-03",
            "2019..2020-03",
            "{} is a range only after date: here; it is taken as words.",
            "date:2019..2020-03",
        ),
        (
            "title=otter",
            "title=otter",
            "{} is no filter here; it is taken as words.",
            "title:otter",
        ),
        ("(Author=lee)", "Author=lee", "{} is no filter here; it is taken as words.", "by:lee"),
        ('by="ann lee"', "by=", "{} is no filter here; it is taken as words.", "by:"),
        ("otter[ti]", "otter[ti]", "{} is no filter here; it is taken as words.", "title:otter"),
        ("lee.au. otter", "lee.au.", "{} is no filter here; it is taken as words.", "by:lee"),
        ("PY=2019 otter", "PY=2019", "{} is no filter here; it is taken as words.", "date:2019"),
        ("iraq !3d", "!3d", EXCLUDED, "-3d"),
        ("iraq XOR iran", "XOR", "There is no operator {}; it is taken as a word.", ""),
        ("iraq –2003", "–2003", EXCLUDED, "-2003"),
        # Nine words may be a headline.
        ("iraq iran syria yemen oman qatar kuwait egypt !drone", "!drone", EXCLUDED, "-drone"),
        ("iraq iran syria yemen oman qatar kuwait egypt –drone", "–drone", EXCLUDED, "-drone"),
        ("The otters are said to be !drone", "!drone", EXCLUDED, "-drone"),
        (
            "iraq iran syria yemen oman qatar kuwait w/3 egypt",
            "w/3",
            "{} is taken as words; to join the words beside it, write NEAR/3.",
            "NEAR/3",
        ),
    ],
)
def test_what_is_not_certain_is_only_said(
    text: str, part: str, message: str, suggestion: str
) -> None:
    query = parse(text)
    (diagnostic,) = query.diagnostics
    assert diagnostic.kind == "no-operator"
    assert text[diagnostic.start : diagnostic.end] == part
    assert diagnostic.message == message.format(part)
    assert diagnostic.suggestion == suggestion
    mended = text[: diagnostic.start] + suggestion + text[diagnostic.end :]
    assert not suggestion or not parse(mended).diagnostics
    assert query.tree is not None
    assert not list(query.tree.conditions())
    assert parse(str(query)).tree == query.tree


@pytest.mark.parametrize(
    ("text", "part", "message", "suggestion"),
    [
        ("iraq + drone", "+", "+ is ignored; write AND in its place.", "AND"),
        ("iraq & drone", "&", "& is ignored; write AND in its place.", "AND"),
        ("iraq | drone", "|", "| is ignored; write OR in its place.", "OR"),
        (
            "iraq - drone",
            "- drone",
            "- drone is ignored; to exclude, write - right before a word.",
            "-drone",
        ),
        (
            "iraq – drone",
            "– drone",
            "– drone is ignored; to exclude, write - right before a word.",
            "-drone",
        ),
        (
            "iraq ! drone",
            "! drone",
            "! drone is ignored; to exclude, write - right before a word.",
            "-drone",
        ),
    ],
)
def test_a_sign_alone_is_left_out(text: str, part: str, message: str, suggestion: str) -> None:
    query = parse(text)
    assert str(query) == "iraq drone"
    (diagnostic,) = query.diagnostics
    assert (diagnostic.kind, diagnostic.message) == ("no-words", message)
    assert (text[diagnostic.start : diagnostic.end], diagnostic.suggestion) == (part, suggestion)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ('"one fiv*"', "one ADJ/0 fiv*"),
        ('"one fiv*"~3', "one ADJ/3 fiv*"),
        ('"wom?n in iraq"', "wom?n ADJ/0 in ADJ/0 iraq"),
        ('"fiv*"', "fiv*"),
        ('title:"one fiv*"', ""),
    ],
)
def test_a_pattern_in_quotes_is_said(text: str, suggestion: str) -> None:
    (diagnostic,) = parse(text).diagnostics
    assert diagnostic.kind == "no-pattern"
    assert diagnostic.message == f"In quotes * and ? are no patterns; {text} is searched as words."
    assert diagnostic.suggestion == suggestion
    assert not suggestion or not parse(suggestion).diagnostics


AND = "and is taken as a word; AND in capitals requires both."
OR = "or is taken as a word; OR in capitals finds either."
NOT = "{} is taken as words; NOT in capitals, or a - before the word, excludes."


@pytest.mark.parametrize(
    ("text", "require", "part", "message", "suggestion"),
    [
        ("iraq not drone", "any", "not drone", NOT, "-drone"),
        ("iraq not drone", "all", "not drone", NOT, "-drone"),
        ("iraq and not drone", "all", "and not drone", NOT, "-drone"),
        ('iraq or not "the war"', "any", 'or not "the war"', NOT, '-"the war"'),
        ("iraq AND iran not drone", "any", "not drone", NOT, "-drone"),
        # Said where it makes a difference.
        ("iraq and drone", "any", "and", AND, "AND"),
        ("iraq or iran or syria", "all", "or", OR, "OR"),
    ],
)
def test_operators_in_small_letters_are_words_and_said(
    text: str, require: str, part: str, message: str, suggestion: str
) -> None:
    query = parse(text, require=require)  # type: ignore[arg-type]
    words = [leaf.text for leaf in query.tree.leaves()] if query.tree else []
    assert {"and", "or", "not"} & set(words)
    (diagnostic,) = query.diagnostics
    assert diagnostic.kind == "lower-case"
    assert diagnostic.message == message.format(part)
    assert (text[diagnostic.start : diagnostic.end], diagnostic.suggestion) == (part, suggestion)


@pytest.mark.parametrize(
    ("text", "message", "suggestion"),
    [
        ("autor:lee", "There is no field 'autor'", "by:lee"),
        ('autor:"Ann Lee"', "There is no field 'autor'", 'by:"Ann Lee"'),
        ("headng:x", "There is no field 'headng'", "heading:x"),
        ("publised:2019", "There is no field 'publised'", "date:2019"),
        ("type:lead", "There is no field 'type'", "role:lead"),
        ("section:sport", "There is no field 'section'", "heading:sport"),
        ("id:a.txt", "There is no field 'id'", "article:a.txt"),
        ("intext:otter", "There is no field 'intext'", "otter"),
        ("site:www.example.org", "There is no field 'site'", "source:example"),
        ("colour:red", "There is no field 'colour'", ""),
        (
            "before:dawn",
            "before: needs a date, as in before:2019-05-01; it is searched as words.",
            "",
        ),
        ("autor:(lee)", "There is no field 'autor'", "by:"),
        # Prose.
        ("he wrote that the author:lee was there", "There is no field 'author'", "by:lee"),
        ("I read after:2019 that it was so", "after: needs a date", "date:2019.."),
    ],
)
def test_an_unknown_field_is_suggested_by_meaning_and_spelling(
    text: str, message: str, suggestion: str
) -> None:
    query = parse(text)
    (diagnostic,) = query.diagnostics
    assert diagnostic.kind == "unknown-field"
    assert diagnostic.message.startswith(message)
    assert diagnostic.suggestion == suggestion
    assert query.tree is not None
    assert not list(query.tree.conditions())


PROSE = [
    "The council voted – after a long debate – to close the school.",
    "Otters – and what they eat",
    "He said –and I agree –that it is over",
    "La palabra –inciso– palabra",
    "Iran attacks Iraq – live updates",
    "Otters return to the river!",
    "Stop the otters!",
    "Happy New Year!",
    "AT&T",
    "AT&T merger",
    "Smith & Wesson",
    "great actress —the dignity",
    "certain —and a few",
    "now –I feel",
    "Ah –ow –oo [she rushes].",
    "a letter from my father:–",
    "HIS STORY –MEANWHILE THE KING",
    "danger! He",
    "Beat me again!",
    "_[Gaily]_ Mother",
    "Chapter 14 - POLECRAB",
    "pillow, and sees",
    '"Run?—of course not!"',
    '"we *did* it"',
    "Algorithm 62 & 65",
    "years 973 - 1048",
    "Algorithm 277[C6]",
    "24/7",
    "24/7 service",
    "coffee w/o milk",
    "he/she",
    "A/B testing",
    "and/or",
    "9/11",
    "iraq/iran",
    "3 /4 of a cup",
    "why is iraq not safe",
    "is this not a river?",
    "should iraq and iran sign or not",
    "to be or not to be",
    "do not disturb",
    "not guilty",
    "believe it or not",
    "10–12 otters",
    "5 in: 3",
    "meeting at 10:30",
    "http://example.org/a?b=c|d",
    "Covid-19",
    "Iran–Iraq war",
    "Stuck at the airport w/2 kids and no food",
    "protests within 3 days",
    "IRAQ PULLS OUT WITHIN 3 DAYS",
    "Subject: Meeting",
    "From: Ann Lee",
    "[H]e said that it was over",
    "otter[1]",
    "the 50% rule",
    "GDP fell 3% in 2019",
    "US$ rates",
    "#metoo",
    "C++",
    "the price is <5",
    "function(s)",
    "headline (otter)",
    "−5 degrees",
    "G7 summit",
    "B2B",
    "best N95 masks",
    "so on... and on",
    "2 + 3",
    "pre2020 otters",
    "the year=2019 is all of it",
    "a » b",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_stays_prose(text: str) -> None:
    query = parse(text, require="all")
    assert query.diagnostics == ()
    assert query.tree is not None
    leaves = list(query.tree.leaves())
    assert all(isinstance(leaf, Words | Signed) for leaf in leaves)
    english = analyzer_of("en")
    words = [word for leaf in leaves for word in english.words(leaf.text)]
    assert set(words) == set(english.words(text))


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("iraq", "keywords"),
        ("flood in iraq", "keywords"),
        ("US in IT", "keywords"),
        ('"to be or not to be" w/3 hamlet', "keywords"),
        ("x b in d e", "uncertain"),
        ("x b c d e f g h", "keywords"),
        ("x b c d e f g h i", "uncertain"),
        ("x b c d e f g h OR i", "keywords"),
        ("the otters swim", "prose"),
        ("otters swim. They eat.", "prose"),
        ("otters\nrivers lakes", "prose"),
    ],
)
def test_the_register_of_a_text(text: str, register: str) -> None:
    assert register_of(text, analyzer_of("en").language.stop_words) == register


@pytest.mark.parametrize(
    "text", ["w/3", "near3", "ADJ3", "ANDNOT", "!x", "–x", "date=2019", "near:3"]
)
def test_words_that_look_like_operators_are_printed_in_quotes(text: str) -> None:
    assert str(Words(text)) == f'"{text}"'
    query = parse(f'iraq "{text}" iran')
    assert parse(str(query)).tree == query.tree
    assert query.diagnostics == ()


@pytest.mark.parametrize("text", ["iraq w/3", "w/3 iran", "iraq w/3 -iran", "iraq NOT w/3 iran"])
def test_an_operator_that_joins_nothing_is_said(text: str) -> None:
    (diagnostic,) = parse(text).diagnostics
    assert diagnostic.kind == "dangling-operator"
    assert diagnostic.message == "w/3 has nothing to join here; it is taken as a word."


@pytest.mark.parametrize(
    ("text", "understood"),
    [("title:[a TO m]", 'title:"a TO m"'), ("by:>m", "by:m"), ("place:<m", "place:m")],
)
def test_a_filter_of_words_has_no_ranges(text: str, understood: str) -> None:
    query = parse(text)
    assert str(query) == understood
    (diagnostic,) = query.diagnostics
    assert diagnostic.kind == "no-operator"
    assert diagnostic.message == f"A filter of words has no ranges; {text} is taken as words."


@pytest.mark.parametrize(
    "text", ["date:>x", "date:[x TO y]", "date:[2020 TO 2019]", "date:[* TO *]"]
)
def test_a_comparison_that_is_no_date_is_an_error(text: str) -> None:
    with pytest.raises(QueryError, match="names no date or range of dates"):
        parse(text)


@pytest.mark.parametrize("text", ["Covid/19", "G7", "2019", "AT&T", "price=5", "x!y", "no1"])
def test_other_words_with_signs_are_printed_as_they_are(text: str) -> None:
    assert not Words(text).quoted
    assert str(parse(f"iraq {text} iran")) == f"iraq {text} iran"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("THEY SAID IT WOULD NOT NEED TO ATTEND.", "they SAID it would not NEED to ATTEND"),
        ("GOLDSMITH: 'I WAS NOT LEANT ON'", "GOLDSMITH i was not LEANT on"),
        ("9 MEN OF THE TOWN OR 30 IN A BOAT", "9 MEN of the TOWN or 30 in a BOAT"),
        ("THEY WILL BUT NOT NOW GO TO SEA", "they will but not NOW GO to SEA"),
        ('"THE WAR" AND PEACE IN OUR TIME', '"THE WAR" and PEACE in our TIME'),
    ],
)
def test_a_sentence_in_capitals_has_no_operators(text: str, understood: str) -> None:
    """A pasted headline with NOT lost its own article."""
    query = parse(text)
    assert str(query) == understood
    (diagnostic,) = query.diagnostics
    assert (diagnostic.kind, diagnostic.message) == (
        "in-capitals",
        f"{text[diagnostic.start : diagnostic.end]} is taken as a word of a sentence in capitals; "
        "for the operator write the other words in small letters.",
    )
    assert str(parse(understood)) == understood


def test_a_sentence_in_capitals_finds_what_it_finds_in_small_letters() -> None:
    texts = ["It was not in the house, or on it.", "It was on a boat.", "They were in the house."]
    with Index.in_memory() as index:
        index.add([Article(id=str(n), text=text, language="en") for n, text in enumerate(texts)])
        for text in ("it was not in the house or on it", "they were not on a boat or in it"):
            small, capitals = search(text, index), search(text.upper(), index)
            assert [(hit.citation, hit.score) for hit in capitals] == [
                (hit.citation, hit.score) for hit in small
            ]
            assert capitals.total == small.total


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("IRAQ AND (IRAN OR SYRIA) NOT DRONE", "IRAQ AND (IRAN OR SYRIA) -DRONE"),
        ("US AND WHO AND IT", "US AND WHO AND IT"),
        ("THE WAR AND PEACE", "THE (WAR AND PEACE)"),
        ("OTTER NEAR/3 WAS IN THE END", "OTTER NEAR/3 WAS IN THE END"),
    ],
)
def test_keywords_in_capitals_have_operators(text: str, understood: str) -> None:
    query = parse(text)
    assert (str(query), query.diagnostics) == (understood, ())
