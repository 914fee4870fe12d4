"""What a reader sees of an article: paragraphs, what each is, and what they tell."""

from pathlib import Path

import pytest

from nutgraf import Article, Passage, Role, split
from nutgraf_index.passages import complete

DATA = Path(__file__).parent.parent / "data"


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


def test_a_word_too_long_to_keep_is_cut_all_the_same() -> None:
    assert texts("x" * 45_000) == ["x" * 20_000, "x" * 20_000, "x" * 5_000]


def test_an_empty_text_has_no_passages() -> None:
    assert split(Article(id="a", text=" \n\t\n")) == []


def test_json_lines_count_lines_of_the_file() -> None:
    passages = split(Article(id="a", text="One here.\nTwo here.", line=7))
    assert [one.line for one in passages] == [7, 7]
