"""The head of a text: front matter and header blocks of every kind, whole, broken and hostile."""

import random
from typing import Any

import pytest

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article, Role
from nutgraf_index.passages.split import complete, split
from nutgraf_index.properties.head import head_of
from quick import within
from scale import rounds, size

STORY = "\n\nThe harbour board voted on Tuesday to close the old pier.\n"
KNOWN = {"title": "Pier closes", "date": "2021-03-04", "authors": ("Maja Orlo",)}


def read(text: str, path: str = "a.md") -> Article:
    (article,) = read_articles(path, text.encode())
    assert isinstance(article, Article), article
    assert article.text == text
    for passage in split(article):
        assert text[passage.start : passage.end] == passage.text
    return article


def known(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in KNOWN}


@pytest.mark.parametrize("path", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    "head",
    [
        '---\ntitle: "Pier closes"\ndate: 2021-03-04T09:00:00+01:00\nauthor: Maja Orlo\n---',
        "---\ntitle: Pier closes\ndate: 2021-03-04\nauthors:\n  - name: Maja Orlo\n...",
        "---yaml\ntitle: Pier closes\ndate: 2021-03-04\nauthor: Maja Orlo\n---",
        "------\ntitle: Pier closes\ndate: 2021-03-04\nauthor: Maja Orlo\n---",
        "\n\n---\n# see the guide\n\n  # twice\ntitle: Pier closes\ndate: 2021-03-04\n"
        "by: Maja Orlo\n---",
        "<!-- made by hand -->\n---\ntitle: Pier closes\ndate: 2021-03-04\nby: Maja Orlo\n---",
        "{% comment %} by hand {% endcomment %}\n\n---\ntitle: Pier closes\ndate: 2021-03-04\n"
        "by: Maja Orlo\n---",
        "# View this page at /pier\n\n---\ntitle: Pier closes\ndate: 2021-03-04\n"
        "by: Maja Orlo\n---",
        "---\ntitle:\tPier closes\ndate:\t2021-03-04\nauthors:\n\t- Maja Orlo\n---",
        '+++\ntitle = "Pier closes"\ndate = 2021-03-04T09:00:00Z\nauthors = ["Maja Orlo"]\n+++',
        '+++\ntitle = "Pier closes"\ndate = 2021-03-04\n[extra]\nauthor = "Maja Orlo"\n+++',
        '{"title": "Pier closes", "date": "2021-03-04", "author": {"name": "Maja Orlo"}}',
        ';;;\n{"title": "Pier closes", "date": "2021-03-04", "author": "Maja Orlo"}\n;;;',
        "Title: Pier closes\nNumber: 7\nDate: 2021-03-04\nAuthor: Maja Orlo",
        "title:   Pier closes\ndate:    4 March 2021\nauthor:  Maja Orlo",
        "Headline: Pier\n  closes\nPublished: March 4, 2021\nByline: By Maja Orlo\n"
        "URL: x.example/1",
        "**Title:** Pier closes\n**Date:** 4 March 2021\n**By:** Maja Orlo",
        ":title: Pier closes\n:date: 2021-03-04\n:author: Maja Orlo",
        "<!--\n.. title: Pier closes\n.. slug: pier\n.. date: 2021-03-04 09:00\n"
        ".. author: Maja Orlo\n-->",
        "% Pier closes\n% Maja Orlo\n% March 4, 2021",
        "Title:\nPier closes\nDate:\n4 March 2021\nAuthor:\nMaja Orlo",
        "Title: Pier closes\n\nDate: 4 March 2021\n\nAuthor: Maja Orlo",
        'From: "Orlo, Maja" <maja@post.example>\nTo: desk@post.example\nSubject: Pier\n closes\n'
        "Date: Thu, 4 Mar 2021 09:00:00 +0100\nMessage-ID: <1@post.example>",
    ],
)
def test_heads(head: str, path: str) -> None:
    article = read(head + STORY, path)
    assert known(article) == KNOWN
    passages = split(article)
    assert [passage.role for passage in passages if passage.role is not Role.NOTE] == [Role.LEAD]
    assert passages[-1].text == STORY.strip()


def test_a_head_with_other_line_breaks() -> None:
    head = "---\r\n# a comment\r\n\r\ntitle: Pier closes\r\ndate: 2021-03-04\r\n---\r\n"
    text = head + "The board voted."
    article = read(text)
    assert (article.title, article.date) == ("Pier closes", "2021-03-04")
    note, lead = split(article)
    assert (note.role, note.line, note.text[:9]) == (Role.NOTE, 2, "a comment")
    assert (lead.role, lead.line, lead.text) == (Role.LEAD, 7, "The board voted.")


def test_the_text_begins_after_the_label_of_the_text() -> None:
    article = read("Title: Pier closes\nDate: 2021-03-04\nFull text: The board voted.", "a.txt")
    assert [(one.role, one.text) for one in split(article)] == [
        (Role.NOTE, "Title: Pier closes\nDate: 2021-03-04\nFull text:"),
        (Role.LEAD, "The board voted."),
    ]
    assert article.title == "Pier closes"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Pier: closed at last", "Pier: closed at last"),
        ("title: 'Pier's end'", "Pier's end"),
        ("title: *Breaking* Pier closes", "*Breaking* Pier closes"),
        ("title: [Pier closes", "[Pier closes"),
        ("title: 1984", "1984"),
        ("title: 007", "007"),
        ("title: 1.10", "1.10"),
        ("title: No", "No"),
        ("title: 12:30", "12:30"),
        ("title: !!python/object/apply:os.system [ls]", "!!python/object/apply:os.system [ls]"),
        ("title: >-\n  Pier\n  closes", "Pier closes"),
    ],
)
def test_titles_that_yaml_makes_hard(line: str, title: str) -> None:
    article = read(f"---\n{line}\ntags: [pier, board]\nauthor: Maja Orlo\n---{STORY}")
    assert article.title == title
    assert article.authors == ("Maja Orlo",)
    assert article.metadata["tags"] == ["pier", "board"]


def test_broken_yaml_keeps_its_lists() -> None:
    head = "---\ntitle: Pier: closed\nauthors:\n  - Ann Lee\n  - Bo Ek\nweight: 3\n---"
    article = read(head + STORY)
    assert article.authors == ("Ann Lee", "Bo Ek")
    assert article.metadata == {"weight": 3}


def test_links_of_obsidian_are_their_text() -> None:
    head = '---\nauthor: "[[Maja Orlo]]"\nsource: "[[post|The Post]]"\naliases: [A]\n---'
    article = read(head + "\nSee [[Old pier|the jetty]].")
    assert (article.authors, article.source) == (("Maja Orlo",), "The Post")
    assert article.metadata["aliases"] == ["A"]


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe missiles hit.\n\nThen came a rule.\n\n---\nAnd an end.",
        "---\nNote: this is a story.\nIt has many words.\nIt has lines.\n\n---\nAnd an end.",
        "---\ntitle: never closed\n\nThe board voted.",
        "Note: this is a story\nand it goes on.",
        "Title: a word and nothing beside it.\n\nThe board voted.",
        "Reporter: Who closed it?\nWriter: The board did.\nReporter: When?\n\nNobody knows.",
        "{not json}\n\nThe board voted.",
        '{"a": 1}\n\nThe board voted.',
        "% a comment\n\nThe board voted.",
        "+++\n\n+++\nThe board voted.",
        "# Pier closes\n\nThe board voted.",
        "http://post.example/1\nhttps://post.example/2\n",
        "From Lindholm: Subject to change\n",
        "",
    ],
)
def test_no_heads(text: str) -> None:
    assert head_of(text) is None


def test_a_heading_above_front_matter_without_title_is_the_headline() -> None:
    article = read("# Pier closes\n---\nauthor: Maja Orlo\n---" + STORY)
    assert article.authors == ("Maja Orlo",)
    assert [passage.role for passage in split(article)] == [Role.HEADLINE, Role.NOTE, Role.LEAD]


@pytest.mark.parametrize(
    ("heading", "role"),
    [("Pier closes", Role.HEADLINE), ("Pier Closes!", Role.HEADLINE), ("The vote", Role.HEADLINE)],
)
def test_headings_above_the_lead_are_headline_and_decks(heading: str, role: Role) -> None:
    article = read(f"---\ntitle: Pier closes\n---\n# {heading}{STORY}")
    assert split(article)[1].role is role


def test_front_matter_alone_is_found() -> None:
    article = read("---\ntitle: Pier closes\n---\n")
    assert [passage.role for passage in split(article)] == [Role.LEAD]


def test_encoded_words_of_mail() -> None:
    head = "From: =?utf-8?q?Zo=C3=AB?= Ek <z@x.example>\nSubject: =?iso-8859-1?q?P=EBr?=\nTo: x"
    article = read(head + STORY, "a.txt")
    assert (article.title, article.authors) == ("Për", ("Zoë Ek",))
    assert article.metadata["to"] == "x"


@pytest.mark.parametrize("line", ["draft: true", "published: false", "status: withheld"])
def test_what_must_not_be_shown_has_a_reason(line: str) -> None:
    (fault,) = read_articles("a.md", f"---\ntitle: Pier closes\n{line}\n---{STORY}".encode())
    assert isinstance(fault, Fault)
    assert fault.reason


def test_an_embargo_is_looked_at_again() -> None:
    (fault,) = read_articles("a.txt", f"Title: Pier\nEmbargo: 2999-01-01{STORY}".encode())
    assert isinstance(fault, Fault)
    assert fault.again


LINES = size(200_000, 1_000_000)
# An alias of a list in a list, ten times over: a billion values in a few hundred characters.
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{below}: &{below} [{','.join([f'*{above}'] * 10)}]\n"
    for above, below in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: T\n{BOMB}---{STORY}",
        "---\ntitle: T\n" + "key:\n" * (LINES * 5 // 2) + "---" + STORY,
        "---\ntitle: T\n" + "key:\n" * (LINES * 5 // 2),
        "title: T\n" * LINES,
        "title: T\n\n" * LINES,
        "Title: T\n" + "  and on\n" * LINES,
        "---\ntitle: T\na: " + "[" * 30_000 + "\n---" + STORY,
        "---\ntitle: T\na:\n" + "- " * 30_000 + "x\n---" + STORY,
        "---\ntitle: T\na: " + "{a: " * 15_000 + "\n---" + STORY,
        "---\ntitle: T\na: " + "1" * 60_000 + "\n---" + STORY,
        "---\ntitle: T: T\n" + "a: : b\n" * 9_000 + "---" + STORY,
        '+++\ntitle = "T"\n' + ".".join("a" * size(6_000, 20_000)) + " = 1\n+++" + STORY,
        '+++\ntitle = "T"\na = ' + "[" * 30_000 + "\n+++" + STORY,
        '{"title": "T", "a": ' + "[" * 30_000 + "]" * 30_000 + "}" + STORY,
        "{" * 100_000,
        "<!--" * 100_000,
        "# a\n" * (LINES // 5),
        "%a\n" * (LINES // 5),
        "%a\n b\n" * (LINES // 5),
        "[" * 100_000 + ":",
        "a " * 100_000 + ":",
        "\n" * (LINES * 2) + "---\ntitle: T\n---",
    ],
    ids=range(22),
)
def test_hostile_heads_take_bounded_time(text: str) -> None:
    with within(size(3, 10)):
        for path in ("a.md", "a.txt"):
            for entry in read_articles(path, text.encode()):
                assert isinstance(entry, Article | Fault)
        head = head_of(text)
        if head:
            head.values()


def test_mutated_heads_give_an_article_or_a_reason() -> None:
    chance = random.Random(21)
    seeds = [
        "---\ntitle: Pier\ndate: 2021-03-04\ntags: [a, b]\nby: {name: Ann}\n---\nThe board.",
        '+++\ntitle = "Pier"\ndate = 2021-03-04\n[extra]\nby = ["Ann"]\n+++\nThe board.',
        '{"title": "Pier", "date": "2021-03-04"}\n\nThe board.',
        "Title: Pier\nDate: 2021-03-04\n  and on\nText: The board.",
        "From: Ann <a@b.c>\nSubject: =?utf-8?b?UGllcg==?=\nDate: Thu, 4 Mar 2021\n\nThe board.",
        "<!--\n.. title: Pier\n.. date: 2021\n-->\nThe board.",
    ]
    bits = [
        *"-+:;{}[]\"'&*!|>%#=,.~?@<\t\n \r\0\ufeff\u2028é𝔘",
        "---\n",
        "+++\n",
        "date: ",
        "!!set ",
    ]
    bits += [
        "!!set ",
        "=?utf-8?q?=FF?=",
        "title: &a *a\n",
        "? x\n",
        "<<: *a\n",
        "true",
        "1e999",
        "\ud800",
    ]
    for _ in range(rounds(800)):
        text = chance.choice(seeds)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(bits) + text[at + chance.randint(0, 3) :]
        data = text.encode("utf-8", "surrogatepass")
        for path in ("a.md", "a.txt"):
            for entry in read_articles(path, data):
                assert isinstance(entry, Article | Fault)
                if isinstance(entry, Article):
                    for one in split(entry):
                        assert entry.text[one.start : one.end] == one.text


@pytest.mark.parametrize("sender", ["ann@x.example", "a.very.long.address.of.ann@post.example"])
def test_the_line_of_a_mailbox_is_part_of_the_head(sender: str) -> None:
    line = f"From {sender} Thu Mar  4 10:00:00 2021"
    article = read(
        f"{line}\nFrom: Ann Lee <{sender}>\nSubject: Pier\n closes\nDate: 4 Mar 2021{STORY}",
        "a.md",
    )
    assert (article.title, article.date, article.authors) == (
        "Pier closes", "2021-03-04", ("Ann Lee",),
    )  # fmt: skip
    assert [passage.role for passage in split(article)] == [Role.NOTE, Role.LEAD]


def test_a_date_of_another_key_is_not_of_publication() -> None:
    for block in (
        "---\ntitle: Pier\n{}: 2001-01-01\n---",
        "+++\ntitle = 'Pier'\n{} = 2001-01-01\n+++",
    ):
        for key, date in (("expiryDate", ""), ("lastmod", "2001-01-01"), ("updated", "2001-01-01")):
            article = read(block.format(key) + STORY)
            assert complete(article, split(article)).date == date
    article = read("---\ndate: 2000-01-01\nlastmod: 2001-01-01\n---" + STORY)
    assert complete(article, split(article)).date == "2000-01-01"


@pytest.mark.parametrize(
    "value", ["Source not visible", "Not available", "not known", "Unknown paper", "n/a"]
)
def test_a_value_that_says_there_is_none_is_none(value: str) -> None:
    article = read(
        f"---\ntitle: Pier closes\nsource: {value}\ndate_text: 17 July 1937\n---\n{STORY}"
    )
    assert (article.source, article.date) == ("", "1937-07-17")
