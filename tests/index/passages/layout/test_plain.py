"""The blocks of plain texts, by what separates them. All texts are invented."""

import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linear import is_linear
from nutgraf import Article, split
from nutgraf_index.passages.layout import plain
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.layout.plain import plain_blocks
from nutgraf_index.passages.layout.sentences import sentences_of
from nutgraf_index.passages.newsroom import newsroom_of
from scale import rounds, size


def blocks(text: str) -> list[str]:
    starts, ends, _, numbers = plain_blocks(
        text, sentences_of("en"), newsroom_of("en").bylines.lines
    )
    assert [text.count("\n", 0, start) for start in starts] == list(numbers)
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


STORY = (
    "The harbour board has voted to close the old pier, its chair said on\n"
    "Tuesday. There are 23 berths at the pier, and the board has no money\n"
    "for the repair of it."
)
MORE = (
    "The pier had been used by about 120 boats, ferries and trawlers since\n"
    "the war. Their captains were not asked, and many of them heard of the\n"
    "vote from the radio."
)


def test_a_wrapped_brief_without_blank_lines() -> None:
    head, lead = (
        "HARBOUR BOARD VOTES TO CLOSE\nTHE OLD PIER",
        "Lindholm, Jan. 3. The harbour board has\nvoted to close the old pier. It has\n23 berths.",
    )
    body = "The pier had been used by about\n120 boats, ferries and trawlers."
    assert blocks(f"{head}\n{lead}\n{body}\n") == [head, lead, body]


@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize("width", range(40, 101, 12))
def test_the_first_paragraphs_of_a_story_with_its_indents_stripped(count: int, width: int) -> None:
    words = (
        "the harbour board of Lindholm has voted again to close its old pier for ferries".split()
    )
    rng = random.Random(width * count)
    told = []
    for _ in range(count):
        sentence = " ".join(rng.choices(words, k=rng.randint(25, 50)))
        told.append(textwrap.fill(f"T{sentence[1:]}.", width))
    short = [len(one.rsplit("\n", 1)[-1]) < width - 10 for one in told]
    found = blocks("\n".join(told))
    assert "\n".join(found) == "\n".join(told)
    assert not any(one[0].islower() for one in found)
    if all(short):
        assert found == told


def test_a_blank_line_below_the_headline_does_not_part_the_paragraphs_below() -> None:
    # Lines of no common width, as some archives wrap them: few of them are full.
    ragged = MORE.replace("trawlers since\n", "trawlers\nsince ").replace("of the\n", "of\nthe ")
    paragraphs = [STORY, ragged, MORE] * 5
    text = "\n".join(paragraphs)
    assert blocks(f"Pier closes\n\n{text}\n") == ["Pier closes", *paragraphs]


@pytest.mark.parametrize(
    "line", ["Pier Closes at Lindholm", "March 4, 2021", "Pier closes", "PIER CLOSES AT LINDHOLM"]
)
def test_a_display_line_right_above_wrapped_text(line: str) -> None:
    assert blocks(f"{line}\n{STORY}\n{MORE}") == [line, STORY, MORE]


def test_a_subhead_between_wrapped_paragraphs_without_blank_lines() -> None:
    assert blocks(f"{STORY}\nWho Paid\n{MORE}\n{STORY}") == [STORY, "Who Paid", MORE, STORY]


def test_sentences_cut_at_links_and_names_are_joined() -> None:
    cut = "In a vote on\nTuesday\n, the harbour board of\nLindholm\nclosed the old pier for it."
    menu = ["HOME", "GET HELP", "REPORT A CRIME"]
    last = "Nobody had asked the captains of the ferries."
    assert blocks("\n".join([*menu, cut, last])) == [*menu, cut, last]


@pytest.mark.parametrize(
    "deck",
    [
        "The captains and their families say that they are barely scraping by",
        "Board Asks Captains to Wait as Mayor of Lindholm Weighs In",
        "How the harbour board of Lindholm could fix this",
    ],
)
def test_a_deck_that_ends_with_a_small_word_stands_apart(deck: str) -> None:
    lead = (
        "The harbour board of Lindholm voted on Tuesday to close the old pier, and to ask none "
        "of the captains."
    )
    after = "Ferries will call at Brunnvik."
    assert blocks(f"Pier closes at Lindholm\n{deck}\n{lead}\n{after}")[1:] == [deck, lead, after]
    cut = f"{deck} from\n{lead}"
    assert cut in blocks(f"Pier closes at Lindholm\n{cut}\n{after}")


@pytest.mark.parametrize(
    "cut",
    [
        "The board closed it, said\nMaja Orlo\n, its chair.",
        "It was seen in “\nPort Watch\n,” the show.",
        "The captain (\nBo Ek\n) was not asked.",
        "To read all of it please visit\nwww.lindholm.example\nto see the letter of the board.",
        "The pier of\nLindholm\n's harbour is old and it was closed.",
        "It was closed on the 4\nth\nof March by the board of the harbour.",
        "Deputy Harbour Master Maja Orlo\nclosed the pier.",
        "LINDHOLM\n— The board of the harbour has voted to close the old pier, its chair said.",
        "It is the captains of\nBrunnvik\n-based boats who were not asked by the board.",
        "It was closed. (\nWe had told you so.\n)",
        "The chair is seen in\nPort Watch\n,\nMaja Orlo\nsaid, for the third time this year.",
        "LINDHOLM\n-- The\nPort Trust\nhas given its money to the harbour of the old town.",
        "It has been\nclosed with\nPort Watch reporting on all of it since the spring of it.",
        "It was seen on\nLindholm's\nPort Watch\n, a show that is seen by half of the town.",
        "By:\nMaja Orlo",
        "It is told in the records of the\nLindholm\nharbour\n. Nobody had read them.",
        "©\n2021\nPort Post LLC. All rights are reserved.",
    ],
)
def test_pieces_of_a_sentence(cut: str) -> None:
    before, after = "The harbour board has voted on Tuesday.", "Ferries will call at Brunnvik."
    assert blocks(f"{before}\n{cut}\n{after}") == [before, cut, after]


@pytest.mark.parametrize(
    "menu",
    [
        ["HOME", "GET HELP", "CONTACT US"],
        ["Home", "Search for", "Press", "Skip to content"],
        ["home", "get help", "contact us"],
        ["Home", "facebook", "instagram", "youtube"],
        ["Sign In", "Keep Me Logged In", "About", "Contact"],
    ],
)
def test_the_entries_of_a_menu_stay_apart(menu: list[str]) -> None:
    story = [
        "The harbour board voted on Tuesday to close the old pier, its chair said.",
        "Ferries will call at Brunnvik until the work is done in June next year, he said.",
    ]
    assert blocks("\n".join([*menu, *story])) == [*menu, *story]
    wrapped = f"{STORY}\n\n{MORE}\n\n{STORY}"
    found = blocks("\n".join(menu) + f"\n\n{wrapped}")
    assert found == [*menu, STORY, MORE, STORY]


@pytest.mark.parametrize(
    "rows",
    [
        ["Name\tBerths", "Old pier\t23", "New pier\t40"],
        ["First Prize: A boat", "Second Prize: An oar", "Third Prize: A rope for it"],
        ["Net profit 807 vs 858", "Assets at end 51 mln", "Loans 299 mln vs 31 mln", "Year 81 mln"],
        ["Ann Lee", "Bo Ek", "Cy Dean", "Maja Orlo"],
    ],
)
def test_each_row_of_a_table_is_a_block(rows: list[str]) -> None:
    table = "\n".join(rows)
    assert blocks(f"{STORY}\n\n{table}\n\n{MORE}") == [STORY, *rows, MORE]
    assert blocks(table) == rows


def test_a_headline_in_capitals_over_several_lines() -> None:
    head = "HARBOUR BOARD VOTES TO CLOSE THE\nOLD PIER AT LINDHOLM"
    assert blocks(f"{head}\n{STORY}\n{MORE}")[0] == head
    story = ["The harbour board has voted on Tuesday.", "Ferries will call at Brunnvik."]
    assert blocks("\n".join([head, *story])) == [head, *story]


def test_lines_that_repeat_the_title_are_one_headline() -> None:
    title = "Harbour Board of Lindholm Dismisses All Captains of Ferries"
    cut = "Harbour Board of Lindholm Dismisses\nAll Captains of Ferries"
    story = "The harbour board has voted on Tuesday."
    assert blocks(f"{title} - Port Post\nHOME\n{cut}\n{story}") == [
        *(f"{title} - Port Post", "HOME", cut, story)
    ]


def test_a_stanza_is_a_block() -> None:
    stanza = "O stay, said she,\nThe night is long,\nAnd far the sea,\nAnd near the song."
    assert blocks(f"{stanza}\n\n{stanza}\n\n{stanza}") == [stanza] * 3


def test_speeches_in_wrapped_text() -> None:
    told = [
        '"We were not asked about the pier by anybody in the harbour," she\nsaid to the board."',
        '"Nobody was asked at all, and that is the truth of the whole matter!"',
        '"That is no reason to close the old pier in the middle of a winter,"\nsaid the captain."',
    ]
    assert blocks("\n".join(told)) == told


def test_double_spacing() -> None:
    lines = textwrap.wrap("The board of the harbour has voted again to close it and " * 12, 70)
    one = " \n\n".join(lines).strip() + "."
    assert blocks(f"{one}\n\n{one}\n\n{one}") == [one] * 3
    chat = "\n\n".join(["a line that somebody has written without any capitals in a chat"] * 9)
    assert len(blocks(chat)) == 9


def test_blank_lines_within_paragraphs_of_a_page() -> None:
    """Text of PDF pages may have a blank line where a line wraps, and none between paragraphs."""
    paragraphs = [
        "MS SPEAKER:\nThe member for Lindholm has asked how many of the boats in \n\n"
        "our harbour are older than thirty years, and who looks after \n\n"
        "them. I can say that we have counted them all.",
        "There are 23 of these boats, and the board has asked owners to \n\n"
        "have every boat looked at before the 4\nth\nof June.",
        "12",
        "Monday, 3 May 2021",
        "The member may want to know that the count was made by the \n\nharbour board.",
        "MR ROE:\nI thank the minister.",
        "1.\nA second question is about the pier.",
    ]
    assert blocks("\n".join(paragraphs)) == paragraphs


def test_a_few_sentences_that_go_on_below_a_blank_line_are_double_spacing() -> None:
    lines = [
        "The harbour board has voted to close the old pier, its chair said",
        "on Tuesday. The board met for seven hours, and heard all of the",
        "Lindholm captains who wanted to speak about the closing of the",
        "pier. Nobody but the chair of the board spoke for it, as far as",
        "Jane Roe could tell us.",
    ]
    assert blocks("\n\n".join(lines)) == lines  # two go on: they may be by chance
    lines[1:1] = ["before the vote was taken in the large hall of the old town hall"]
    assert blocks("\n\n".join(lines)) == ["\n\n".join(lines)]


@pytest.mark.parametrize("text", ["-- the otters of Lindholm;", "-- The pier"])
def test_two_dashes_are_a_bullet_where_they_begin_blocks(text: str) -> None:
    asked = "The board was asked to see to:"
    bare = text.removeprefix("-- ")
    assert blocks("\n\n".join([asked, text, text, text])) == [asked, bare, bare, bare]
    assert blocks("\n\n".join([asked, text, text])) == [asked, text, text]
    within = f"{asked}\n{text}"
    assert blocks("\n\n".join([within, text, text])).count(bare) == 0


@pytest.mark.parametrize("sign_off", ["LW-NY-01-03-99 1708EST", "LW-WF-01-03-1999 2350"])
def test_the_time_of_transmission_below_a_story_is_a_block(sign_off: str) -> None:
    assert blocks(f"{STORY}\n\n{MORE}\n{sign_off}\n") == [STORY, MORE, sign_off]
    line = f"and it was numbered {sign_off}"
    assert blocks(f"{STORY}\n\n{MORE}\n{line}\n")[-1].endswith(f"radio.\n{line}")


def test_control_characters_of_wires_are_white_space() -> None:
    text = "\x01w2870\n\x02^Pier closes<\n^By MAJA ORLO=\n   The board voted.\n\x03AP\n\x04"
    found = blocks(text)
    assert found[1:3] == ["^Pier closes<", "^By MAJA ORLO="]
    assert "\x04" not in "".join(found)


@pytest.mark.parametrize("bullet", ["*", "+", "-", "+ -", "•"])
def test_bullets_are_left_out(bullet: str) -> None:
    assert blocks(f"{bullet} One\n{bullet} Two") == ["One", "Two"]


def test_a_speaker_stays_with_a_speech() -> None:
    speech = "MR SPEAKER:\nThe member has the floor, and the house will hear the member."
    assert blocks(f"{speech}\n\n{STORY}\n\n{MORE}")[0] == speech


WIDE = [
    "The harbour board has voted to close the old pier, its chair said on Tuesday,\nafter it had "
    "met for seven hours and had heard all captains of the ferries who\nwanted to speak.",
    "Nobody but the chair spoke for it, and the vote was taken late in the evening\nwhen the "
    "captains had left the large hall of the town hall for the last ferry.",
]


@pytest.mark.parametrize(
    "apart",
    [
        ["https://lindholm.example/pier"],
        ["Picture - https://lindholm.example/1.jpg", "Picture - https://lindholm.example/2.jpg"],
        ["Contact:", "Maja Orlo", "orlo@lindholm.example", "+46 11 30469", "+46 11 30470"],
    ],
)
def test_addresses_have_lines_of_their_own_in_wrapped_text(apart: list[str]) -> None:
    text = "\n".join(apart)
    assert blocks(f"{WIDE[1]}\n\n{text}\n\n{WIDE[0]}") == [WIDE[1], *apart, WIDE[0]]
    below = f"{WIDE[0]}\n{apart[0]}"
    assert blocks(f"{WIDE[1]}\n\n{below}\n\n{WIDE[0]}") == [WIDE[1], WIDE[0], apart[0], WIDE[0]]


def test_an_address_in_a_sentence_goes_on() -> None:
    told = WIDE[0].replace("who\nwanted", "see\nhttps://lindholm.example/a\nand who\nwanted")
    label = f"{WIDE[1].removesuffix('.')}:\nhttps://lindholm.example/b"
    for one in (told, label):
        assert blocks(f"{WIDE[1]}\n\n{one}\n\n{WIDE[0]}") == [WIDE[1], one, WIDE[0]]


def test_a_last_line_with_room_ends_a_paragraph_between_blank_lines() -> None:
    both = "\n".join(WIDE)
    assert blocks(f"{both}\n\n{both}\n\n{WIDE[0]}") == [*WIDE, *WIDE, WIDE[0]]


def test_a_label_heads_wrapped_text_and_a_speaker_does_not() -> None:
    label, speaker = "Plants in the harbour:", f"Maja Orlo:\n{WIDE[1]}"
    text = f"{WIDE[0]}\n\n{label}\n{WIDE[1]}\n\n{speaker}\n\n{WIDE[0]}"
    assert blocks(text) == [WIDE[0], label, WIDE[1], speaker, WIDE[0]]


def test_a_stanza_among_wrapped_paragraphs_is_a_block() -> None:
    stanza = "\n".join(
        ["O stay with me, said she to him", "The night is very long", "I will not go", "She sang"]
    )
    assert blocks(f"{WIDE[0]}\n\n{stanza}\n\n{WIDE[1]}") == [WIDE[0], stanza, WIDE[1]]


def test_lines_between_blank_lines_where_paragraphs_are_lines() -> None:
    paragraphs = [one.replace("\n", " ") for one in WIDE]
    lines = ["Port Post", "Terms of Service", "All Rights Are With Us"]
    text = "\n\n".join([paragraphs[0], "\n".join(lines), paragraphs[1], "\n".join(lines[:2])])
    assert blocks(text) == [paragraphs[0], *lines, paragraphs[1], *lines[:2]]


@pytest.mark.parametrize(
    "lines",
    [
        ["[1] https://lindholm.example/a", "[2] Port Watch of May 4", "[3] https://a.example"],
        ["= Ferries =", "Ferries call at Brunnvik, and the old pier of Lindholm has been closed."],
        ["Close the pier:", "$ close pier", "# close --all"],
    ],
)
def test_lines_that_begin_with_a_sign(lines: list[str]) -> None:
    text = "\n".join(lines)
    bare = [line.removeprefix("# ") for line in lines]
    bare = ["\n".join(bare[:2]), *bare[2:]] if bare[1][0] == "$" else bare
    assert blocks(f"{WIDE[0]}\n\n{text}\n\n{WIDE[1]}") == [WIDE[0], *bare, WIDE[1]]


def test_a_sign_within_a_sentence() -> None:
    told = (
        "The harbour board has voted to close the old pier, its chair said on Tuesday in\n"
        "[1] and after it had met for seven hours, and had heard all the captains of the\n"
        "ferries who wanted to speak to it."
    )
    assert blocks(f"{told}\n\n{WIDE[1]}") == [told, WIDE[1]]


def test_a_sentence_goes_on_below_a_blank_line() -> None:
    told = WIDE[0].replace("\nwanted to speak.", "\n\nwanted to speak against the closing of it.")
    assert blocks(f"{WIDE[1]}\n\n{told}\n\n{WIDE[1]}\n\n{WIDE[1]}\n\n{WIDE[1]}") == [
        *(WIDE[1], told, WIDE[1], WIDE[1], WIDE[1])
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Harbour board of Lindholm votes to close the old pier for ferries", "by Maja Orlo, Post"),
        (WIDE[0], "captains of the ferries had heard of it"),
        (WIDE[0].removesuffix("."), "* captains of the ferries had heard of it"),
        (
            f"{WIDE[0].removesuffix('.')} at www.pier.example",
            "captains of the ferries had heard it",
        ),
        (WIDE[0].removesuffix("."), "\ncaptains of the ferries had heard of it"),
        (WIDE[0].removesuffix("."), "* * *\n\ncaptains of the ferries had heard of it"),
        (WIDE[0].removesuffix("."), "line 2: captains of the ferries"),
    ],
)
def test_what_begins_with_a_small_letter_below_a_blank_line(above: str, below: str) -> None:
    text = "\n\n".join([WIDE[1], above, below, WIDE[1], WIDE[1], WIDE[1]])
    bare = below.removeprefix("* * *").strip("\n* ")
    assert blocks(text) == [WIDE[1], above, bare, WIDE[1], WIDE[1], WIDE[1]]


def test_entries_that_begin_with_the_same_word_stay_apart() -> None:
    icons = ["icon of the ferry", "icon of the old pier", "icon of the new pier"]
    story = [f"{one.replace(chr(10), ' ')}" for one in (STORY, MORE)] * 4
    assert blocks("\n".join([*icons, *story])) == [*icons, *story]


def test_paragraphs_of_one_line_beside_wrapped_paragraphs() -> None:
    long = [
        " ".join([*one.split(), *other.split()]) for one, other in ((STORY, MORE), (MORE, STORY))
    ]
    unfinished = f"{long[0].removesuffix('.')} of\nLindholm and Brunnvik"
    told = [f"Ferries This Year\n{long[0]}", f"{long[1]}\n{long[0]}", unfinished]
    assert blocks("\n\n".join([*told, STORY, MORE, STORY, MORE])) == [
        *("Ferries This Year", long[0], long[1], long[0], unfinished, STORY, MORE, STORY, MORE)
    ]


def test_an_indented_line_that_goes_on_opens_no_paragraph() -> None:
    paragraphs = [f"   {one}" for one in (STORY, MORE, STORY)]
    cut = paragraphs[1].replace("\nthe war", "\n     the war").replace("\nvote", "\n     vote")
    assert blocks("\n".join([paragraphs[0], cut, paragraphs[2]])) == [STORY, cut.strip(), STORY]


def test_hashes_before_words_are_left_out() -> None:
    assert blocks(f"# Notebook\n\n{WIDE[0]}\n\n## For editors\n- pier\n\n#1 of 3\n\n# 5") == [
        *("Notebook", WIDE[0], "For editors", "pier", "#1 of 3", "# 5")
    ]


def test_a_line_in_capitals_twice_is_two_blocks() -> None:
    story = ["The harbour board has voted on Tuesday.", "Ferries will call at Brunnvik."]
    head = "PIER OF LINDHOLM CLOSES"
    assert blocks("\n".join([head, head, *story])) == [head, head, *story]


def test_the_header_of_a_wire_is_a_block_a_line() -> None:
    header = ["W2870\x1ftown", "f l\x13\x11 BC-LT--Lindholm-Pier     11-13 1049"]
    found = blocks(f"\x16\x16\x01{header[0]}\n{header[1]}\n\x02The pier is\nclosed.\n\x03\x04")
    assert found == [*header, "The pier is\nclosed."]


PIECES = [
    *(
        "\n",
        "\n",
        "\n\n",
        " ",
        "\t",
        "   ",
        ", ",
        ". ",
        ": ",
        "- ",
        "“",
        "”",
        "(",
        ")",
        "'s",
        "\x02",
    ),
    *(
        "In a vote on",
        "Tuesday",
        "the board",
        "MR SPEAKER:",
        "HOME",
        "and",
        "By Jane Roe",
        "^Pier<",
    ),
    *("1. ", "+ ", "o it", "www.a.example", "4", "th", "Mr.", "İ", "東京", "\ud800", "x" * 130),
]


def test_no_character_is_lost_or_twice_whatever_the_text() -> None:
    """Made texts: markers and white space apart, each character is in exactly one block."""
    rng = random.Random(22)
    left_out = frozenset(" \t\n\x02-+")
    for _ in range(rounds(600)):
        text = "".join(rng.choices(PIECES, k=rng.randint(0, 40)))
        starts, ends, kinds, _ = plain_blocks(
            text, sentences_of("en"), newsroom_of("en").bylines.lines
        )
        resume = 0
        for start, end in zip(starts, ends, strict=True):
            assert resume <= start < end
            assert left_out.issuperset(text[resume:start])
            assert not text[start].isspace()
            assert not text[end - 1].isspace()
            resume = end
        assert left_out.issuperset(text[resume:])
        assert set(kinds) <= {BlockKind.PARAGRAPH, BlockKind.ITEM}


@pytest.mark.parametrize(
    "unit",
    [
        *("x\n", "By\nA\n", "a of\nB\n, c\n", "A:\nB\n\n", "a\tb\n", "A BC DE FG\n", "“\n"),
        *(
            "the board\n\nof it and more of the words that stand here as one\n\n",
            "^a<\n",
            "x\x02",
        ),
    ],
)
def test_time_is_linear_in_the_lines(unit: str) -> None:
    assert is_linear(lambda count: split(Article(id="a", text=unit * count)), size(3_000, 40_000))


def test_a_quotation_of_a_mail_is_cut_at_its_bare_marks_and_where_they_change() -> None:
    text = (
        "On Monday Bo Ek wrote:\n"
        "> Maja Orlo wrote:\n"
        ">> The board has voted to close the old pier, and nobody has\n"
        ">> asked the captains of the ferries.\n"
        "> They heard of it from the radio, and so did the\n"
        "> mayor of the town.\n"
        ">\n"
        "> What will the\n"
        "> ferries do?\n"
        "They will call at Brunnvik.\n"
    )
    assert blocks(text) == [
        "On Monday Bo Ek wrote:",
        "> Maja Orlo wrote:",
        ">> The board has voted to close the old pier, and nobody has\n"
        ">> asked the captains of the ferries.",
        "> They heard of it from the radio, and so did the\n> mayor of the town.",
        "> What will the\n> ferries do?",
        "They will call at Brunnvik.",
    ]


def test_marks_before_links_are_no_quotation() -> None:
    text = "> Ferry timetable\n> Harbour news\n> Captains and crews\n> Contact\n"
    assert blocks(text) == text.splitlines()


def test_each_line_in_brackets_is_a_paragraph() -> None:
    head = "[Harbour Record Volume 12, Number 8]\n[Board]\n[Page 12]\nFrom the Harbour Record\n\n"
    assert blocks(head + STORY) == [*head.split("\n")[:4], STORY]


def test_each_address_below_a_mail_is_a_paragraph() -> None:
    footer = (
        "Harbour-users mailing list\nHarbour-users@port.example\nhttps://port.example/lists/users"
    )
    assert blocks(f"{STORY}\n\n{footer}") == [STORY, *footer.splitlines()]


def test_the_parties_of_a_case_are_one_paragraph() -> None:
    parties = "BO EK, Plaintiff,\nAppellant,\nv.\nTHE HARBOUR BOARD, Defendant,\nAppellee."
    assert blocks(f"NOTICE: This is no opinion.\n{parties}\n\n{STORY}")[-2:] == [parties, STORY]


@pytest.mark.parametrize("versus", ["v", "v.", "V."])
def test_the_clubs_of_a_match_are_no_parties(versus: str) -> None:
    text = f"Cup final\n\nLindholm\n\n{versus}\n\nBrunnvik\n\n{STORY}"
    assert blocks(text) == ["Cup final", "Lindholm", versus, "Brunnvik", STORY]
    lines = f"Lindholm\n{versus}\nBrunnvik\n{STORY}"
    assert lines not in blocks(f"Cup final\n{lines}\n{STORY}\n{STORY}")


def test_a_line_in_brackets_within_a_sentence_is_a_part_of_it() -> None:
    sentence = (
        "The captain of the ferry told the board on Monday that he\n"
        "had never seen anybody who looked like the man in the old\n"
        "[inaudible, thirty seconds of the tape are gone]\n"
        "and that he would not say so if he had, since nobody asks the\n"
        "captains of the ferries what they think of it."
    )
    assert blocks(sentence) == [sentence]
    assert blocks(f"Pier hearing\n\n{STORY}\n\n{sentence}")[-1] == sentence


STARTS = (
    "Otters swim", "_Otters swim_", "**Otters**", "(Otters swim.)", "[Page 12]", "(1) Otters",
    "* Otters", "***", "*", "_ _ _", "_(Otters", "*1. x", "[1] Otters", "-- Otters", "otters", "12",
)  # fmt: skip


@given(st.lists(st.sampled_from(STARTS), min_size=1, max_size=8))
def test_lines_apart_are_the_paragraphs_that_the_layout_gives(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    sentences, bylines = sentences_of("en"), newsroom_of("en").bylines.lines
    at_once = plain._lines_apart(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "_lines_apart", lambda _: None)
        inferred = plain_blocks(text, sentences, bylines)
    if at_once is not None:
        assert [*map(list, at_once)] == [*map(list, inferred)]
