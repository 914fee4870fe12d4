"""Articles and queries for property tests: few words, so that much meets."""

from hypothesis import strategies as st

from nutgraf import Article

__all__ = ["ARTICLES", "ASKING", "ASKS", "QUERIES", "SINGLES", "WORDS"]

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
        st.sampled_from(["", "Iran missiles", "The Mahdi", "Abdul-Mahdi in Iran"]),
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
        )
        for number, one in enumerate(articles)
    ]
)
SINGLES = st.one_of(
    st.sampled_from(WORDS),
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
        "heading:iran",
        "article:1",
        "path:d0",
        "path:d?/1.*",
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
