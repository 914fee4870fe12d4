"""What a reader sees of an article: paragraphs, what each is, and what they tell."""

import textwrap

import pytest

from linear import is_linear
from nutgraf import Article, Passage, Role, split
from nutgraf_index.passages.bylines import Bylines
from nutgraf_index.passages.split import complete
from places import DATA
from scale import size


def roles(text: str, **known: str) -> list[tuple[str, str]]:
    """Return the role and the text of each passage."""
    passages = split(Article(id="a", text=text, **known))  # type: ignore[arg-type]
    assert all(text[one.start : one.end] == one.text for one in passages)
    return [(passage.role.value, passage.text) for passage in passages]


def texts(text: str, **known: str) -> list[str]:
    return [words for _, words in roles(text, **known)]


@pytest.fixture(scope="module")
def sample() -> tuple[Article, list[Passage]]:
    text = (DATA / "iraq-us-call.txt").read_bytes().decode()
    article = Article(id="iraq-us-call.txt", text=text)
    return article, split(article)


def test_the_sample_splits_as_the_issue_says(sample: tuple[Article, list[Passage]]) -> None:
    article, passages = sample
    assert [one.number for one in passages] == list(range(1, 19))
    assert [one.role for one in passages] == [
        Role.BYLINE,
        Role.LEAD,
        *[Role.BODY] * 6,
        Role.SUBHEAD,
        *[Role.BODY] * 8,
        Role.CREDIT,
    ]
    under = "US, Iran tension in Iraq"
    assert [one.heading for one in passages] == [""] * 9 + [under] * 8 + [""]
    assert [one.line for one in passages] == list(range(1, 19))
    for passage in passages:
        assert article.text[passage.start : passage.end] == passage.text
    told = complete(article, passages)
    assert (told.authors, told.place, told.source) == (("Idris Okuducu",), "ISTANBUL", "AA")
    assert passages[0].text == "By Idris Okuducu"
    assert passages[8].text == under
    assert passages[17].text == "Writing by Fahri Aksut"


def test_what_the_file_said_is_not_overruled(sample: tuple[Article, list[Passage]]) -> None:
    article = Article(
        id="a", text=sample[0].text, authors=("Someone Else",), place="ANKARA", source="X"
    )
    told = complete(article, split(article))
    assert (told.authors, told.place, told.source) == (("Someone Else",), "ANKARA", "X")


WRAPPED = (
    "The animals had vanished from all but two rivers by the autumn of\n"
    "that year. Pesticides that thinned the eggs of birds of prey also\n"
    "left females barren, and wetlands were drained.\n"
)


def test_blank_lines_part_wrapped_paragraphs() -> None:
    assert texts(WRAPPED + "\n" + WRAPPED) == [WRAPPED.strip()] * 2


def test_one_paragraph_a_line() -> None:
    assert texts("The first is short.\nThe second is, too.\nSo is the third.") == [
        "The first is short.",
        "The second is, too.",
        "So is the third.",
    ]


def test_long_lines_are_paragraphs_whatever_they_end_in() -> None:
    line = "word " * 60 + "and no full stop"
    assert texts(f"{line}\n{line}\n{line}") == [line] * 3


@pytest.mark.parametrize("indent", ["    ", "\t", "\u3000"])
def test_an_indented_first_line_starts_a_paragraph(indent: str) -> None:
    one = (
        "Nobody had expected that the survey would find so many of them, in\n"
        "rivers that were thought to be dead since the great drainage of the\n"
        "upper valley"
    )
    assert texts(f"{indent}{one}\n{indent}{one}\n{indent}{one}") == [one] * 3


@pytest.mark.parametrize("mark", ["\r\n", "\r"])
def test_other_line_breaks(mark: str) -> None:
    text = f"One ends here.{mark}{mark}Two goes on{mark}to here."
    assert texts(text) == ["One ends here.", f"Two goes on{mark}to here."]
    assert [one.line for one in split(Article(id="a", text=text))] == [1, 3]


def test_a_byline_stands_alone_in_wrapped_text() -> None:
    assert roles("By Jane Roe\nLONDON (AFP) - " + WRAPPED)[0] == ("byline", "By Jane Roe")


def test_headline_and_subheads_without_marks() -> None:
    text = "Otters are back\n\nBy Jane Roe\n\n" + WRAPPED + "\nFish farmers angry\n\n" + WRAPPED
    assert [role for role, _ in roles(text)] == ["headline", "byline", "lead", "subhead", "body"]
    assert split(Article(id="a", text=text))[-1].heading == "Fish farmers angry"


def test_a_list_is_no_row_of_subheads() -> None:
    text = WRAPPED + "\n- Red boats\n- Blue boats\n\n" + WRAPPED
    assert roles(text)[1:3] == [("list", "Red boats"), ("list", "Blue boats")]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("* Writing by Fahri Aksut", "credit"),
        ("(Reporting by Ann Lee; Editing by Bo Ek)", "credit"),
        ("Additional reporting by Ann Lee in Paris", "credit"),
        ("Editor's note: the name was changed.", "note"),
        ("EDITOR’S NOTE — Photographs are available.", "note"),
        ("(Updates with comment from the ministry)", "note"),
        ("Correction: The vote was on Tuesday, not Monday.", "correction"),
        ("(Corrects spelling of name in paragraph 3)", "correction"),
        ("An earlier version of this article gave a wrong date.", "correction"),
        ("Read also: Otters are back", "related"),
        ("Writing by hand is a skill that schools no longer teach.", "body"),
        ("By the time the ferry came in, it was dark.", "body"),
        ("Notes were passed along the bench.", "body"),
    ],
)
def test_what_newsrooms_write_around_a_story(line: str, role: str) -> None:
    text = f"The lead comes first and says what happened.\nA second tells more.\n{line}"
    assert roles(text)[-1][0] == role


def test_markdown_blocks() -> None:
    text = (
        "---\ntitle: T\n---\n"
        "# Head #\n\n"
        "*By Jane Roe*\n\n"
        "First paragraph that is\nwrapped; in\n1953. And on.\n"
        "## Sub\n"
        "- one\n- two\n  more\n\n"
        "> quoted\n> twice\n\n"
        "Under\n-----\n"
        "```\ncode\n\n# no head\n```\n"
        "***\n<!-- not\nshown -->\nLast *words*.\n"
    )
    assert roles(text, format="markdown") == [
        ("note", "title: T"),
        ("headline", "Head"),
        ("byline", "*By Jane Roe*"),
        ("lead", "First paragraph that is\nwrapped; in\n1953. And on."),
        ("subhead", "Sub"),
        ("list", "one"),
        ("list", "two\n  more"),
        ("body", "quoted\n> twice"),
        ("subhead", "Under"),
        ("body", "```\ncode\n\n# no head\n```"),
        ("note", "<!-- not\nshown -->"),
        ("body", "Last *words*."),
    ]


def test_a_paragraph_of_fifty_megabytes_is_cut_at_sentences() -> None:
    sentence = "The same words stand here again and again and again. "
    text = sentence * (50_000_000 // len(sentence))
    passages = split(Article(id="a", text=text))
    assert max(len(one.text) for one in passages) <= 20_000
    assert all(one.text.endswith(".") for one in passages)
    assert sum(len(one.text) + 1 for one in passages) == len(text)


@pytest.mark.parametrize("length", [19_999, 20_000, 20_001])
def test_a_paragraph_of_more_than_20_000_characters_is_cut_at_a_sentence_end(length: int) -> None:
    text = ("A heron stood here. " * 1001)[: length - 1] + "."
    first, *rest = texts(text)
    if length <= 20_000:
        assert (first, rest) == (text, [])
    else:
        assert first.endswith("here.")
        assert len(first) <= 20_000
        assert " ".join([first, *rest]) == text


def test_a_word_too_long_to_keep_is_cut_all_the_same() -> None:
    assert texts("x" * 45_000) == ["x" * 20_000, "x" * 20_000, "x" * 5_000]


def test_an_empty_text_has_no_passages() -> None:
    assert split(Article(id="a", text=" \n\t\n")) == []


def test_json_lines_count_lines_of_the_file() -> None:
    passages = split(Article(id="a", text="One here.\nTwo here.", line=7))
    assert [one.line for one in passages] == [7, 7]


LEAD = "BAGHDAD (AP) — Iran's military said that it had fired missiles.\n\nIt gave no toll."


@pytest.mark.parametrize(
    "head",
    [
        "Iran strikes back at US\n\nJanuary 8, 2020\n\nBy JANE ROE",
        "Iran strikes back at US\n\nMissiles hit two bases\n\nBy JANE ROE",
        "Iran strikes back at US\n\nTwo bases were hit at night.\n\nBy JANE ROE",
        "Iran strikes back at US\n\nBy JANE ROE\n\nPublished: January 8, 2020",
        "Iran strikes back at US\n\nBy JANE ROE\n\nSpecial to The Morning Post",
        "Iran warns of 'crushing response'\n\nBy JANE ROE",
        "iPhone sales fall after strikes\n\nBy JANE ROE",
        "Iran strikes back at US and says\nthat it does not seek war\n\nBy JANE ROE",
        "Iran strikes back\n\n* Two bases hit\n* No deaths reported\n\nBy JANE ROE",
    ],
)
def test_the_head_of_newsroom_copy(head: str) -> None:
    article = Article(id="a", text=f"{head}\n\n{LEAD}")
    passages = split(article)
    assert passages[0].role is Role.HEADLINE
    assert [one.text[:7] for one in passages if one.role is Role.LEAD] == ["BAGHDAD"]
    assert passages[-1].role is Role.BODY
    assert passages[-1].heading == ""
    told = complete(article, passages)
    assert told.title == " ".join(head.split("\n\n")[0].split())
    assert (told.authors, told.place, told.source) == (("JANE ROE",), "BAGHDAD", "AP")
    if "January" in head:
        assert told.date == "2020-01-08"


@pytest.mark.parametrize(
    "line",
    [
        "Research by Harvard University shows that the drug halves deaths among patients.",
        "Reporting by The New York Times found that the president had paid no tax.",
        "Written by Charles Dickens in 1843, the story has never been out of print.",
        "Photographs by Ansel Adams hang in the hall.",
        "All rights reserved for the crown were abolished in 1848.",
        "Copyright 2019 rules would have barred the practice.",
        "Poor training contributed to this report being delayed for two years.",
        "By the time the storm passed, 40 houses had lost their roofs, the mayor said.",
        "The report says 40 countries contributed to this report.",
        "Corrections and rehabilitation officers staged a walkout on Monday.",
        "This report has been updated three times by the ministry, whose officials lied.",
        "- Where have you been?",
    ],
)
def test_a_sentence_that_begins_like_something_else_is_a_sentence(line: str) -> None:
    text = f"The lead comes first and says it.\n\n{line}\n\nA last one tells more of it."
    assert [role for role, _ in roles(text)][1] in ("body", "list")


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Ángel Pérez in Caracas",
        "Reporting by Li Wei and Ann Lee; Editing by Bo Ek",
        "Associated Press writer Tom Dahl in Port Ellery contributed to this report.",
        "Copyright 2020 The Associated Press. All rights reserved. This material may not be "
        "published, broadcast, rewritten or redistributed without permission.",
        "© 2020 Anadolu Agency",
    ],
)
def test_credits(line: str) -> None:
    assert roles(f"The lead comes first and says it.\n\n{line}")[-1][0] == "credit"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- more --> The missiles hit.",
        "<!--\nhidden\n--> The missiles hit.",
        "<!-- never closed\n\nThe missiles hit.",
        "[^1]: The missiles hit.",
        "[Jane Roe]: The missiles hit.",
        "---\nThe missiles hit.\n\nThen came a rule.\n\n---\nAnd an end.",
    ],
)
def test_markdown_hides_nothing_that_readers_see(text: str) -> None:
    found = [role for role, words in roles(text, format="markdown") if "missiles hit" in words]
    assert found in (["lead"], ["body"])


def test_a_fence_closes_only_where_it_is_alone() -> None:
    text = "Lead.\n\n1. item\n\n    ```python\n    a = 1\n    ```\n\nAfter it."
    assert roles(text, format="markdown")[-1] == ("body", "After it.")
    assert len(roles(text, format="markdown")) == 4


def test_a_sentence_wrapped_before_by_is_not_torn() -> None:
    text = (
        "The plan was written over several weeks\nby Secretary of State Mike Pompeo and\n"
        "the vice president, who had worked on\nit since the summer."
    )
    assert texts(text) == [text]


def test_wrapped_paragraphs_marked_only_by_a_short_last_line() -> None:
    assert texts(WRAPPED + WRAPPED + WRAPPED) == [WRAPPED.strip()] * 3


def test_wide_wrapping() -> None:
    one = " ".join(["twelve words of a sentence that goes on and on without end"] * 9) + "."
    wrapped = textwrap.fill(one, 130)
    assert texts(f"{wrapped}\n\n{wrapped}") == [wrapped] * 2


def test_hanging_lines_stay_with_their_first() -> None:
    text = (
        "Otters have been seen on all nine rivers of the basin, which\n"
        "  no one had foretold when the survey of the bridges was begun\n  in the spring."
    )
    assert texts(f"{text}\n\n{text}") == [text] * 2


def test_a_doubled_carriage_return_is_one_break() -> None:
    assert [one.line for one in split(Article(id="a", text="One.\r\r\nTwo.\r\r\nThree."))] == [
        1,
        2,
        3,
    ]


def test_a_line_is_asked_once_whether_it_is_a_byline(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def is_byline(bylines: Bylines, line: str) -> bool:
        asked.append(line)
        return real(bylines, line)

    real = Bylines.is_byline
    monkeypatch.setattr(Bylines, "is_byline", is_byline)
    lines = [f"Line {number} of a tale\nnext by the {number}th\n" for number in range(200)]
    text = "".join(lines) + "\nBy Jane Roe\nBaron Bysshe, By By,\n\n" + WRAPPED
    assert "By Jane Roe" in texts(text)
    assert sorted(asked) == ["Baron Bysshe, By By,", "By Jane Roe"]


@pytest.mark.parametrize(
    "unit",
    [
        "- item\n",
        "By Jane Roe\n",
        "# a" + " " * 50 + "b\n",
        "x\n\n",
        "\r",
        "By ",
        "x. ",
        "x",
        "  x\ny.",
        "27 Comments\n\n",
        "PORT HOUSE\n\n",
        "January 3, 2020\n\n",
        "Share this\n\nPosted by Ann Lee at 9:50 AM\n\n",
        "Ferries stop at night\n\nJanuary 3, 2020\n\n",
    ],
)
@pytest.mark.parametrize("format", ["text", "markdown"])
def test_time_is_linear_in_the_blocks(unit: str, format: str) -> None:
    assert is_linear(
        lambda count: split(Article(id="a", text=unit * count, format=format)), size(3_000, 40_000)
    )


def test_a_brief_signed_at_its_end() -> None:
    text = "By dawn the flood had covered it.\n\nNobody was hurt.\n\nBy Jane Roe"
    assert [role for role, _ in roles(text)] == ["lead", "body", "byline"]


def test_subheads_that_begin_with_by() -> None:
    text = f"Poll results\n\n{WRAPPED}\nBy Age\n\n{WRAPPED}\nBy Region\n\n{WRAPPED}"
    assert [role for role, _ in roles(text)] == [
        *("headline", "lead", "subhead", "body", "subhead", "body")
    ]


@pytest.mark.parametrize(
    "head", ["Bridge closed\n\nJanuary 5, 2020", "January 5, 2020\n\nBridge closed"]
)
def test_a_date_beside_the_headline(head: str) -> None:
    article = Article(id="a", text=f"{head}\n\n{WRAPPED}\n{WRAPPED}")
    passages = split(article)
    assert {one.role for one in passages[:2]} == {Role.HEADLINE, Role.NOTE}
    assert [one.role for one in passages[2:]] == [Role.LEAD, Role.BODY]
    told = complete(article, passages)
    assert (told.title, told.date) == ("Bridge closed", "2020-01-05")


@pytest.mark.parametrize(
    "text",
    [
        "(Adds comment) LONDON, Feb 1 (Reuters) - Oil prices rose on Monday.",
        "Editor's note: Jane Roe is a professor. The strike hit a base at night.",
    ],
)
def test_a_story_that_begins_with_a_note_is_a_story(text: str) -> None:
    assert roles(text) == [("lead", text)]


@pytest.mark.parametrize("text", ["[Roe]: So (laughs) what of it?", '[Roe]: No "comment" now.'])
def test_a_speaker_in_brackets_is_no_link(text: str) -> None:
    assert roles(text, format="markdown") == [("lead", text)]


def test_indented_paragraphs_of_one_and_two_lines() -> None:
    two = "    Otters have been seen on all nine rivers of the basin, which no\none had foretold."
    one = "    Nobody was surprised."
    text = "\n".join([two, one] * 3)
    assert texts(text) == [two.strip(), one.strip()] * 3
