"""Articles whose files state the roles of some parts."""

import pytest

from nutgraf import Index
from nutgraf_index.model import Article, Mark, MarkedArticle, Role
from nutgraf_index.passages.split import split

TEXT = "HEADLINE: Pier closes\nBODY: The harbour board has voted to\nclose it.\n\nLOAD-DATE: today"


def marked(text: str = TEXT, line: int = 40) -> MarkedArticle:
    spans = {
        Role.HEADLINE: (0, text.index("\n")),
        Role.NOTE: (text.index("BODY:"), text.index("BODY:") + 5),
        Role.CREDIT: (text.index("LOAD"), len(text)),
    }
    marks = tuple(Mark(start, end, role) for role, (start, end) in spans.items())
    return MarkedArticle(id="a", text=text, line=line, marks=marks)


def test_marked_parts_have_their_roles_and_the_rest_is_the_story() -> None:
    assert [(p.number, p.line, p.role, p.text) for p in split(marked())] == [
        (1, 40, Role.HEADLINE, "HEADLINE: Pier closes"),
        (2, 41, Role.NOTE, "BODY:"),
        (3, 41, Role.LEAD, "The harbour board has voted to\nclose it."),
        (4, 44, Role.CREDIT, "LOAD-DATE: today"),
    ]
    crlf = TEXT.replace("\n", "\r\n")
    assert [p.line for p in split(marked(crlf))] == [40, 41, 41, 44]


def test_a_long_mark_is_cut_and_nothing_is_lost() -> None:
    text = "The board. " * 5000
    article = MarkedArticle(id="a", text=text, marks=(Mark(0, len(text.rstrip()), Role.NOTE),))
    passages = split(article)
    assert len(passages) == 3
    assert "".join(p.text for p in passages).replace(" ", "") == text.replace(" ", "")


def test_a_mark_within_a_paragraph_cuts_it() -> None:
    text = "The board met (Photo) on Tuesday\nand (Photo) voted.\n"
    marks = [Mark(14, 21, Role.NOTE), Mark(37, 44, Role.NOTE)]
    passages = split(MarkedArticle(id="a", text=text, marks=tuple(marks)))
    assert [(p.line, p.text) for p in passages] == [
        (1, "The board met"),
        (1, "(Photo)"),
        (1, "on Tuesday\nand"),
        (2, "(Photo)"),
        (2, "voted."),
    ]


@pytest.mark.parametrize("text", ["x", "A line\nand more"])
def test_an_article_of_marks_only(text: str) -> None:
    article = MarkedArticle(id="a", text=text, marks=(Mark(0, len(text), Role.NOTE),))
    assert [(p.role, p.text) for p in split(article)] == [(Role.NOTE, text)]


def test_marks_are_neither_stored_nor_compared() -> None:
    assert marked() == MarkedArticle(id="a", text=TEXT, line=40)
    index = Index.in_memory()
    index.add([marked()])
    assert index.article("a") == Article(id="a", text=TEXT, line=40, title="Pier closes")
    index.verify()
