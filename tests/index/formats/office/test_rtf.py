"""RTF: what striprtf decodes, and what is put in order around it."""

import pytest

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from nutgraf_index.passages.split import split

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset204 A;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Titel;}{\s3 caption;}"
    r"{\s4\outlinelevel1 Mine;}}"
)


def read(body: str, head: str = HEAD) -> Article:
    (article,) = read_articles("a.rtf", f"{head}{body}}}".encode("latin-1"))
    assert isinstance(article, Article), article
    return article


def told(body: str) -> list[tuple[str, str]]:
    """Return the role and the text of each passage."""
    return [(passage.role.value, passage.text) for passage in split(read(body))]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"a\par b\par", "a\n\nb"),
        (r"a\line b\tab c", "a\nb\tc"),
        (r"a | b", "a | b"),
        (r"seen {\v hidden\tab\emdash \'e9\u233?}too", "seen too"),
        (r"seen \v hidden\v0 too \v again\plain  end", "seen too  end"),
        (r"new{\deleted old}", "new"),
        (r"\'e9\u-10179?\u-8704?\u8211\'2d{\f1 \'cf}", "é😀–П"),
        ("caf\xe9", "café"),
        (r"a{\header top}{\footerr below}{\pict 00ff}{\*\generator x;}b", "ab"),
        (r'{\field{\*\fldinst{HYPERLINK "http://varn.example"}}{\fldrslt{a link}}}', "a link"),
        (r"har\-bour non\_stop", "harbour non\u2011stop"),
        (r"a{\pict\bin4 {}\}}b", "ab"),
        (r"\trowd a\cell b\cell\row c\par", "a\tb\n\nc"),
        (r"{\shp{\*\shpinst{\shptxt boxed\par}}{\shprslt boxed}}beside", "beside\n\nboxed"),
    ],
)  # fmt: skip
def test_what_stands_in_a_text(body: str, text: str) -> None:
    assert read(body).text == text


def test_notes_stand_below_their_paragraph() -> None:
    body = (
        r"Otters are back{\super\chftn}{\footnote\pard {\super\chftn} As seen in {\i 2020}.\par "
        r"Too.} on all nine rivers.\par They swim.{\*\atnid AL}{\*\atnauthor Ann Lee}\chatn "
        r"{\*\annotation\pard Really?}\par {\v {\footnote hidden}}They dive, the survey says.\par"
    )
    assert told(body) == [
        ("lead", "Otters are back on all nine rivers."),
        ("note", "As seen in 2020."),
        ("note", "Too."),
        ("body", "They swim."),
        ("note", "Ann Lee: Really?"),
        ("body", "They dive, the survey says."),
    ]


def test_roles_come_from_styles_and_lists() -> None:
    body = (
        r"\pard\s2 Otters are back\par \pard\s0 The survey found otters on all nine rivers.\par "
        r"\pard\s1 Rivers\par {\listtext\'b7\tab}\pard\ls1 The Varn\par "
        r"{\pntext\'b7\tab}The Ell\par \pard\s4 Ponds\par \pard\s3 An otter at night\par "
        r"\pard\outlinelevel1 Streams\par \pard That is all they found in that year.\par"
    )
    assert told(body) == [
        ("headline", "Otters are back"),
        ("lead", "The survey found otters on all nine rivers."),
        ("subhead", "Rivers"),
        ("list", "The Varn"),
        ("list", "The Ell"),
        ("subhead", "Ponds"),
        ("caption", "An otter at night"),
        ("subhead", "Streams"),
        ("body", "That is all they found in that year."),
    ]


def test_properties() -> None:
    info = (
        r"{\info{\title Otters \'e9t\'e9}{\author Ann Lee}{\creatim\yr2020\mo1\dy10\hr9}"
        r"{\revtim\yr2020\mo2\dy11}{\keywords otters, rivers}{\*\company Varn}}"
    )
    article = read(info + "They are back.")
    assert (article.title, article.authors, article.date, article.text) == (
        "Otters été",
        ("Ann Lee",),
        "2020-01-10",
        "They are back.",
    )
    assert article.metadata == {"keywords": ["otters", "rivers"], "modified": "2020-02-11"}
    made_up = read(
        r"{\info{\title Document1}{\author user}{\creatim\yr1601\mo1\dy1}}They are back."
    )
    assert (made_up.title, made_up.authors, made_up.date) == ("", (), "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"The board", "not RTF, which begins with {\\rtf"),
        (b"{\\rtf1 {\\v hidden}}", "no text in it"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    assert list(read_articles("a.rtf", data)) == [Fault(reason)]


def test_a_file_that_is_cut_off_gives_the_text_before() -> None:
    assert read(r"Otters {\b are", head=r"{\rtf1 ").text == "Otters are"
