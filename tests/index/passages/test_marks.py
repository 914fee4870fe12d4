"""Articles whose files state the roles of some parts."""

from typing import Any

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


def test_a_passage_of_known_borders_has_the_role_that_its_neighbours_give() -> None:
    text = (
        "Pier closes\n\nThe harbour board has\n\nvoted to close it.\n\nWhat comes next\n\n"
        "Rebuild the pier\n\nSell it\n\nBoats wait at noon.\nThey wait.\n\nA rest of the story."
    )

    def mark(words: str, *stated: Any, **known: Any) -> Mark:
        start = text.index(words)
        return Mark(start, start + len(words), *stated, **known)

    marks = (
        mark("Pier closes", level=1),
        mark("The harbour board has\n\nvoted to close it."),
        mark("What comes next", level=2),
        mark("Rebuild the pier", item=True),
        mark("Sell it", item=True),
        mark("Boats wait at noon.", Role.CAPTION),
        mark("They wait."),
    )
    passages = split(MarkedArticle(id="a", text=text, marks=marks))
    assert [(p.role, p.heading, p.line, p.text) for p in passages] == [
        (Role.HEADLINE, "", 1, "Pier closes"),
        (Role.LEAD, "", 3, "The harbour board has\n\nvoted to close it."),
        (Role.SUBHEAD, "", 7, "What comes next"),
        (Role.LIST, "What comes next", 9, "Rebuild the pier"),
        (Role.LIST, "What comes next", 11, "Sell it"),
        (Role.CAPTION, "What comes next", 13, "Boats wait at noon."),
        (Role.BODY, "What comes next", 14, "They wait."),
        (Role.BODY, "What comes next", 16, "A rest of the story."),
    ]


def test_marks_are_neither_stored_nor_compared() -> None:
    assert marked() == MarkedArticle(id="a", text=TEXT, line=40)
    index = Index.in_memory()
    index.add([marked()])
    assert index.article("a") == Article(
        id="a", text=TEXT, line=40, title="Pier closes", language="en"
    )
    index.verify()
