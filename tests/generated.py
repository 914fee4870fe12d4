"""Articles and queries for property tests: few words, so that much meets."""

from hypothesis import strategies as st

from nutgraf import Article

__all__ = [
    "ARTICLES",
    "ASKING",
    "ASKS",
    "LONG_ARTICLES",
    "NEARS",
    "QUERIES",
    "SIGNED",
    "SINGLES",
    "WORDS",
    "at_the_256th",
]

WORDS = [
    "missile",
    "missiles",
    "iran",
    "iraq",
    "U.S.",
    "us",
    "the",
    "Abdul-Mahdi",
    "mahdi",
    "Abdulmahdi",
    "don't",
    "US",
    "Ira",
    "Írán",
    *("ira-\nnian", "Abdul-\r\n mahdi", "mis\u00ad\nsile", "anti-mis-\nsile", "iran-\nand"),
    *(
        "R&D",
        "R&amp;D",
        "&",
        "Iran&iacute;",
        "mis*sil*es",
        "<b>ira</b>q",
        "5km",
        "5",
        "$1.5m",
        "1.5",
    ),
    *("km", "t.co/Iran", "https://t.co/Iran", "https://iran.us/iraq?utm_source=us"),
]
# Words with signs, and the same words without.
SIGNED = [
    *("C", "c", "C++", "c++", "C+++", "C#", "C++11", "A+", "a"),
    *("50", "50%", "50 %", "€50", "$50", "net", ".NET"),
    *("#iran", "##Iran", "#Iran_iraq", "@us", "iran", "#1", "1"),
]
# Stop words, words with which people ask, capitals, words of parts that are stop words: what they
# weigh in a query depends on how they stand in it.
ASKING = [
    *("find", "articles", "about", "the", "of", "who", "who", "WHO", "it", "IT", "I.T.", "I"),
    *("missile", "missiles", "Missile", "iran", "state-of-the-art", "of-the", "art"),
]
LINES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
        lambda words: " ".join(words) + "."
    ),
    st.lists(st.sampled_from(ASKING), min_size=1, max_size=6).map(
        lambda words: " ".join(words) + "."
    ),
    st.lists(st.sampled_from(SIGNED), min_size=1, max_size=6).map(
        lambda words: " ".join(words) + "."
    ),
    st.sampled_from(
        [
            *("By Ann Lee", "ISTANBUL (AA) - Iran met Iraq.", "* Writing by Bo Ek"),
            *("- Iran, Iraq", "- Missile about Iran and the US"),
        ]
    ),
)
ARTICLES = st.lists(
    st.builds(
        lambda lines, title, date, authors: Article(
            id="", text="\n".join(lines), title=title, date=date, authors=authors
        ),
        st.lists(LINES, min_size=1, max_size=4),
        st.sampled_from(["", "Iran missiles", "The Mahdi", "Abdul-Mahdi in Iran", "C++ at 50%"]),
        st.sampled_from(["", "2019", "2020-01", "2020-01-10"]),
        st.sampled_from([(), ("Ann Lee",), ("Bo Ek", "Ann Lee")]),
    ),
    min_size=1,
    max_size=5,
).map(
    lambda articles: [
        Article(
            id=f"{number}",
            path=f"d{number % 2}/{number}.txt",
            text=one.text,
            title=one.title,
            date=one.date,
            authors=one.authors,
            language="en",  # which the plain evaluator knows
        )
        for number, one in enumerate(articles)
    ]
)
# Passages of more than 256 words, with most of what is of interest about the 256th and after it.
LONG_LINES = st.builds(
    lambda before, words, between, more: (
        " ".join(
            [*(f"w{n}" for n in range(before)), *words, *(f"x{n}" for n in range(between)), *more]
        )
        + "."
    ),
    st.integers(248, 258),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.sampled_from([0, 1, 260]),
    st.lists(st.sampled_from(WORDS), max_size=4),
)
LONG_ARTICLES = st.lists(
    st.lists(st.one_of(LONG_LINES, LINES), min_size=1, max_size=3).map("\n".join),
    min_size=1,
    max_size=4,
).map(
    lambda texts: [
        Article(id=f"{number}", text=text, language="en") for number, text in enumerate(texts)
    ]
)


def at_the_256th(article: Article) -> list[str]:
    """Return queries for words of an article that stand about the 256th of a long passage."""
    queries = []
    for line in article.text.split("\n"):
        words = line.rstrip(".").split()
        for at in range(253, min(257, len(words) - 1)):
            one, other = words[at : at + 2]
            queries += [f'"{one} {other}"', f'="{one} {other}"', f"{one} ADJ/0 {other}"]
            queries += [f"{words[at]} NEAR/{len(words) - at} {words[-1]}"]
    return sorted(set(queries))


ONE_SIGNED = st.sampled_from([word for word in SIGNED if " " not in word and word != "C++11"])
SINGLES = st.one_of(
    st.sampled_from(WORDS),
    ONE_SIGNED,
    st.builds("={}".format, ONE_SIGNED),
    st.builds('{}"{}"'.format, st.sampled_from(["", "="]), st.sampled_from(SIGNED)),
    st.builds('{}"{} {}"'.format, st.sampled_from(["", "="]), ONE_SIGNED, ONE_SIGNED),
    st.builds("={}".format, st.sampled_from(WORDS)),
    st.builds('="{} {}"'.format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds('"{} {}"'.format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds("{}~{}".format, st.sampled_from(WORDS), st.sampled_from(["", "2"])),
    st.sampled_from(["mis*", "ira?", "*s", "?he", "*a*", "a*-ma*", "abdul-m?hdi", "u*", "d*'t"]),
)
PARTS = st.one_of(SINGLES, st.builds("({} OR {})".format, SINGLES, SINGLES))
NEARS = st.one_of(
    st.builds('"{} {} {}"~{}'.format, *[st.sampled_from(WORDS)] * 3, st.integers(0, 4).map(str)),
    st.builds(
        lambda parts, operator, slop: f" {operator}/{slop} ".join(parts),
        st.lists(PARTS, min_size=2, max_size=3),
        st.sampled_from(["NEAR", "ADJ"]),
        st.integers(0, 4),
    ),
)
SIMPLE = st.sampled_from(
    [
        *WORDS,
        "mis*",
        "miss*",
        "abdul-ma*",
        '"the us"',
        '"iran iraq"',
        '"us us"',
        "by:lee",
        'by:"ann lee"',
        "date:2020",
        "date:2019..",
        "date:2020-01-01..2020-01-09",
        "role:credit",
        "role:byline",
        "role:lead",
        "place:istanbul",
        "source:aa",
        "title:iran",
        "title:C++",
        "title:c",
        "heading:iran",
        "article:1",
        "path:d0",
        "path:d?/1.*",
        "(by:lee OR date:2020)",
        "(place:istanbul)",
        "(NOT by:lee)",
        "(date:2019.. (source:aa OR -iran))",
    ]
)
LEAVES = st.one_of(SIMPLE, SIMPLE, SINGLES, NEARS)
PARTS_OF_ASKS = [
    *ASKING,
    *("mis*", '"the who"', "(the AND of)", "(the OR it)^2", "(articles of iran)^2"),
]
ASKS = st.builds(
    "{}{}".format,
    st.sampled_from(
        [
            *("", "", "find articles about the ", "articles of ", "+", "(the) ", '"who" the '),
            *("iran mis* ", "find about +iran ", "find about (the AND of) "),
        ]
    ),
    st.lists(st.sampled_from(PARTS_OF_ASKS), max_size=6).map(" ".join),
).filter(bool)
QUERIES = (
    st.recursive(
        LEAVES | ASKS,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(" ".join),
            st.builds("{} AND {}".format, inner, inner),
            st.builds("{} OR {}".format, inner, inner),
            st.builds("({})".format, inner),
            st.builds("-{}".format, inner),
            st.builds("+{}".format, inner),
            st.builds("({})^{}".format, inner, st.sampled_from(["0", "0.5", "2"])),
        ),
        max_leaves=6,
    )
    | ASKS
)
