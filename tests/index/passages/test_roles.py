"""The role of each passage, by what it does for the reader. All articles are invented."""

import random

import pytest

from linear import is_linear
from nutgraf import Article, Passage, split
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.passages.roles.decision import decide
from nutgraf_index.passages.roles.forms import (
    Form,
    first_word_of,
    form_of,
    forms_of,
    words_of,
)
from nutgraf_index.passages.split import complete
from scale import rounds, size

LEAD = "The harbour board voted on Tuesday to close the old pier, its chair said."
BODY = "Ferries will call at Brunnvik until the work is done in June next year."
LAST = "Nobody had asked the captains of the ferries before the vote was taken."


def passages(text: str, **known: str) -> list[Passage]:
    found = split(Article(id="a", text=text, **known))  # type: ignore[arg-type]
    assert all(text[one.start : one.end] == one.text for one in found)
    return found


def roles(text: str, **known: str) -> list[str]:
    return [passage.role.value for passage in passages(text, **known)]


def story(*blocks: str) -> str:
    return "\n\n".join(blocks)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Advertisement", "furniture"),
        ("Story Continued Below", "furniture"),
        ("Slideshow (2 Images)", "furniture"),
        ("Sign up for the harbour letter", "furniture"),
        ("Follow @porttalk", "furniture"),
        ("@porttalk", "furniture"),
        ("_", "furniture"),
        ("--", "furniture"),
        ("• •", "furniture"),
        ("FILE PHOTO: Ferries at the pier, Lindholm, March 1, 2021. Tomas Vik", "caption"),
        ("See also: Who paid for the pier", "related"),
        ("Market figures", "subhead"),
        ("What happens to the ferries?", "subhead"),
        ("Nobody asked 'the captains'", "subhead"),
        ("March 4, 2021", "note"),
        ("-- Maja Orlo, Port Economics", "body"),
        ("— Port Watch (@portwatch) March 4, 2021", "body"),
        ("(SOUNDBITE OF FERRY HORN)", "body"),
        ("The board adds:", "body"),
        ("Orlo said:", "body"),
        ("MS. ORLO: We were not asked", "body"),
        ("Nobody came!", "body"),
        ('"All night?"', "body"),
        ("“The silent majority”", "subhead"),
        ("https://port.example/pier", "body"),
    ],
)
def test_a_line_between_paragraphs(line: str, role: str) -> None:
    found = passages(story(LEAD, line, BODY, LAST))
    assert [one.role.value for one in found] == ["lead", role, "body", "body"]
    heading = line if role == "subhead" else ""
    assert [one.heading for one in found] == ["", "", heading, heading]


def test_furniture_and_captions_neither_open_nor_end_a_section() -> None:
    found = passages(
        story(LEAD, "Fish farmers angry", BODY, "Advertisement", LAST, "(AP Photo/Tomas Vik)", BODY)
    )
    assert [one.role.value for one in found][1:5] == ["subhead", "body", "furniture", "body"]
    assert [one.heading for one in found if one.role == "body"] == ["Fish farmers angry"] * 3


def test_no_heading_reaches_beyond_an_end_mark() -> None:
    found = passages(story(LEAD, BODY, "Fish farmers angry", LAST, "#", BODY))
    assert [one.heading for one in found] == ["", "", "", "Fish farmers angry", "", ""]


class TestLead:
    def test_captions_before_the_dateline_are_no_headline(self) -> None:
        caption = (
            "Ferry captain Maja Orlo, center, waits at the pier on Monday. (AP Photo/Tomas Vik)"
        )
        text = story(caption, f"LINDHOLM (AP) — {LEAD}", BODY)
        assert roles(text) == ["caption", "lead", "body"]

    def test_a_sentence_above_the_credit_of_a_picture_is_its_caption(self) -> None:
        text = story(
            "Pier closes at Lindholm",
            "Ferries wait at the old pier of Lindholm on Monday.",
            "Photo: Tomas Vik/Getty",
            LEAD,
            BODY,
        )
        assert roles(text) == ["headline", "caption", "credit", "lead", "body"]

    @pytest.mark.parametrize(
        "first", ['"We were not asked," she said.', "Who closed the pier, and why was it done?"]
    )
    def test_quotations_and_questions_open_stories(self, first: str) -> None:
        assert roles(story(first, BODY, LAST), title="Pier closes") == ["lead", "body", "body"]

    @pytest.mark.parametrize("text", ["Pier closes", LEAD, "By the sea", "@porttalk", "12"])
    def test_an_article_of_one_passage_is_a_lead(self, text: str) -> None:
        assert roles(text) == ["lead"]

    def test_highlights_are_a_list_above_the_lead(self) -> None:
        text = story(
            "Story highlights", "Board votes to close pier", "Ferries call at Brunnvik", LEAD, BODY
        )
        assert roles(text, title="Pier closes") == ["list", "list", "list", "lead", "body"]

    def test_a_sentence_between_headline_and_byline_is_a_deck(self) -> None:
        text = story("Pier closes", "Ferries will call elsewhere.", "By Maja Orlo", LEAD, BODY)
        assert roles(text) == ["headline", "headline", "byline", "lead", "body"]

    def test_a_line_that_goes_on_below_is_no_headline(self) -> None:
        text = "The harbour board voted to close the\n\npier, its chair said on Tuesday."
        assert "headline" not in roles(text)


class TestHead:
    def test_headlines_and_decks(self) -> None:
        text = story("PIER CLOSES AT LINDHOLM", "Ferries Will Call at Brunnvik", LEAD, BODY)
        assert roles(text) == ["headline", "headline", "lead", "body"]

    def test_a_known_title_in_any_spelling_and_with_a_house(self) -> None:
        for line in ("Pier closes, at last", "PIER CLOSES AT LAST", "Pier closes at last | Post"):
            assert roles(story(line, LEAD, BODY), title="Pier closes at last")[0] == "headline"

    def test_a_lead_with_the_words_of_the_title_is_a_lead(self) -> None:
        text = story("Pier closes at last, the harbour board of Lindholm said on Tuesday.", BODY)
        assert roles(text, title="Pier closes at last") == ["lead", "body"]

    def test_a_place_alone_above_the_lead_is_a_note(self) -> None:
        text = story("Pier closes at Lindholm", "By MAJA ORLO", "LINDHOLM", LEAD, BODY)
        assert roles(text) == ["headline", "byline", "note", "lead", "body"]

    def test_wire_copy(self) -> None:
        text = (
            "Pier Closes At Lindholm\nBy MAJA ORLO\nAssociated Press Writer\n"
            f"   LINDHOLM, Sweden (AP) _ {LEAD}\n   {BODY}"
        )
        assert roles(text)[0] == "headline"
        assert set(roles(text)[1:-2]) == {"byline"}
        assert roles(text)[-2:] == ["lead", "body"]

    def test_lines_of_a_paper_above_the_headline_are_notes(self) -> None:
        text = story(
            "October 5, 1990, Friday, Home Edition",
            "Metro; Part B; Page 2; Column 5",
            "PIER CLOSES AT LINDHOLM",
            "By MAJA ORLO",
            LEAD,
            BODY,
        )
        assert roles(text) == ["note", "note", "headline", "byline", "lead", "body"]

    def test_press_contacts_of_a_release_are_notes(self) -> None:
        text = story(
            "FOR IMMEDIATE RELEASE",
            "Maja Orlo",
            "Press Officer",
            "718-250-2340",
            "Harbour board closes the old pier",
            LEAD,
            BODY,
        )
        assert roles(text) == [*["note"] * 4, "headline", "lead", "body"]


class TestMarkdown:
    def test_a_heading_of_the_first_level_after_the_lead_is_a_subhead(self) -> None:
        text = story("# Pier closes", LEAD, "# What comes next", BODY)
        assert roles(text, format="markdown") == ["headline", "lead", "subhead", "body"]

    def test_a_deck_under_the_headline(self) -> None:
        text = story("# Pier closes", "## Ferries Will Call at Brunnvik Until June", LEAD, BODY)
        assert roles(text, format="markdown") == ["headline", "headline", "lead", "body"]

    def test_sections_above_the_first_paragraph_are_no_decks(self) -> None:
        text = story("# Board meeting", "## Present", "- Maja Orlo\n- Bo Ek", "## Agenda", LEAD)
        assert roles(text, format="markdown") == [
            *("headline", "subhead", "list", "list", "subhead", "lead")
        ]

    def test_a_date_below_a_headline_that_ends_a_sentence(self) -> None:
        text = story("# Ferry date decided!", "March 4, 2021", LEAD, BODY)
        assert roles(text, format="markdown") == ["headline", "note", "lead", "body"]

    def test_pictures_and_embeds(self) -> None:
        text = story(
            "![](pier.jpg)", LEAD, "[![The pier](pier.jpg)](pier.html)", "{{< advert 3 >}}", BODY
        )
        assert roles(text, format="markdown") == ["caption", "lead", "caption", "furniture", "body"]

    def test_a_menu_of_links_above_the_headline_is_furniture(self) -> None:
        menu = "\n".join(f"- [Section {number}](/{number})" for number in range(8))
        text = story(menu, "# Pier closes", LEAD, BODY)
        assert roles(text, format="markdown") == [*(*["furniture"] * 8, "headline", "lead", "body")]

    def test_a_list_of_links_in_a_story_is_a_list(self) -> None:
        links = "\n".join(f"- [Ferry number {number}](/{number})" for number in range(8))
        text = story("# Ferries", LEAD, "## All of them", links)
        assert roles(text, format="markdown") == ["headline", "lead", "subhead", *["list"] * 8]


MENU = ["Skip to content", "Home", "News", "Sport", "Weather", "About us", "Contact us", "Search"]
FOOTER = ["Share", "Recent posts", "Bridge opens", "Contact us", "Privacy policy", "Home", "News"]


class TestPage:
    def test_menus_around_a_story(self) -> None:
        title = "Pier closes at Lindholm after the vote"
        lines = [f"{title} - The Lindholm Post", *MENU, title, "By Maja Orlo", LEAD, BODY, *FOOTER]
        assert roles("\n".join(lines)) == [
            "headline",
            *["furniture"] * len(MENU),
            *("headline", "byline", "lead", "body"),
            *["furniture"] * len(FOOTER),
        ]

    def test_a_breadcrumb_repeats_no_headline(self) -> None:
        title = "Pier closes at Lindholm after the vote"
        lines = [title, *MENU, title, "March 4, 2021", "Home", "News", title, LEAD, BODY, *FOOTER]
        found = roles("\n".join(lines))
        assert found[len(MENU) + 1] == "headline"
        assert found[len(MENU) + 5] == "furniture"
        assert found[len(MENU) + 6] == "lead"

    def test_teasers_of_other_stories_are_hidden(self) -> None:
        title = "Pier closes at Lindholm after the vote"
        teasers = ["Bridge opens at Brunnvik", "The bridge at Brunnvik was opened today.", "Share"]
        lines = [title, *MENU, title, LEAD, BODY, LAST, *FOOTER, *teasers, *FOOTER]
        assert set(roles("\n".join(lines))[len(MENU) + 5 :]) == {"furniture"}

    def test_a_newsletter_with_some_adverts_keeps_its_text(self) -> None:
        parts = [LEAD, "Advertisement", "Nets of the week", "Monday", "Tuesday", BODY] * 6
        found = passages(story(*parts))
        assert {one.role.value for one in found if one.text in (LEAD, BODY)} <= {"lead", "body"}
        assert {one.role.value for one in found if one.text == "Monday"} == {"list"}

    def test_headers_of_printed_pages(self) -> None:
        text = story(
            LEAD, BODY, "919", "Page 7", "Thirteenth Meeting", "Wednesday, 21 May 2025", LAST
        )
        assert roles(text) == ["lead", "body", *["furniture"] * 4, "body"]


class TestStory:
    def test_two_questions_and_one_are_subheads(self) -> None:
        text = story(LEAD, "Why close it?", BODY, "What comes next?", LAST)
        assert roles(text) == ["lead", "subhead", "body", "subhead", "body"]
        assert roles(story(LEAD, BODY, "What comes next?", LAST))[2] == "subhead"

    def test_questions_of_an_interview_are_body(self) -> None:
        turns = [f"Orlo: {BODY}", "And what comes next?", f"Ek: {LAST}", "Why?", f"Orlo: {BODY}"]
        assert set(roles(story(LEAD, *turns))[1:]) == {"body"}

    def test_a_subhead_before_a_list(self) -> None:
        text = f"{LEAD}\n\nWhat the board decided\n\n- Close the pier\n- Ask the captains\n\n{BODY}"
        assert roles(text) == ["lead", "subhead", "list", "list", "body"]

    def test_a_label_without_sentence_heads_a_list(self) -> None:
        text = f"{LEAD}\n\nMarket segments:\n\n- Ferries\n- Trawlers\n\n{BODY}"
        assert roles(text) == ["lead", "subhead", "list", "list", "body"]

    def test_a_last_subhead_without_text(self) -> None:
        text = story(LEAD, "Fish farmers angry", BODY, "What comes next")
        assert roles(text) == ["lead", "subhead", "body", "subhead"]

    def test_numbered_lines_with_paragraphs_are_subheads(self) -> None:
        text = story(LEAD, "1. Ask the captain", BODY, "2. Ask the board", LAST)
        assert roles(text) == ["lead", "subhead", "body", "subhead", "body"]

    def test_three_lines_after_a_colon_are_a_list(self) -> None:
        text = story(f"{LEAD}", "The board has three ferries:", "Grey Heron", "Otter", "Kite", BODY)
        assert roles(text)[2:] == ["list", "list", "list", "body"]

    def test_lines_of_a_table_are_a_list(self) -> None:
        lines = ["Revs 85.8 mln vs 90.6 mln", "Net 3.1 mln vs 2.8 mln", "Shr 12 cts vs 11 cts"]
        assert roles(story(LEAD, *lines, BODY)) == ["lead", "list", "list", "list", "body"]

    def test_the_titles_under_a_label_are_related(self) -> None:
        text = story(LEAD, "READ MORE:", "Who paid for the pier", "Bridge opens", BODY)
        assert roles(text) == ["lead", "related", "related", "related", "body"]

    def test_speakers_of_a_debate_are_headings(self) -> None:
        text = story("Maja Orlo", LEAD, "Bo Ek", BODY, "Maja Orlo", LAST)
        found = passages(text, title="Pier debate")
        assert [one.role.value for one in found[::2]] == ["subhead"] * 3
        assert [one.heading for one in found[1::2]] == ["Maja Orlo", "Bo Ek", "Maja Orlo"]

    def test_a_bullet_between_paragraphs_is_a_subhead(self) -> None:
        assert roles(story(LEAD, "• Fish farmers angry", BODY)) == ["lead", "subhead", "body"]


class TestTail:
    def test_the_works_under_a_last_heading_are_notes(self) -> None:
        works = [
            'Orlo, Maja. "Piers." Port Post, 3 May 2020, www.post.example.com/piers.',
            "Ek, Bo. Ferries of the North. Port Press, 2019, https://press.example/ferries.",
        ]
        text = story(LEAD, BODY, "Works Cited", *works)
        assert roles(text) == ["lead", "body", "subhead", "note", "note"]

    def test_a_signature_repeats_the_byline(self) -> None:
        text = story("Pier closes", "By Maja Orlo", LEAD, BODY, "Maja Orlo")
        assert roles(text) == ["headline", "byline", "lead", "body", "byline"]

    def test_text_after_an_end_mark_is_still_found(self) -> None:
        assert roles(story(LEAD, BODY, LAST, "#", BODY))[-1] == "body"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (LEAD, Form.PROSE),
        ("It did.", Form.PROSE),
        ("The ferry ran aground at dawn with 84 people on board!", Form.PROSE),
        ("Ferries are back!", Form.LINE),
        ("Pier closes at Lindholm", Form.LINE),
        ("Rep. Maja Orlo pleads guilty to threats", Form.LINE),
        ("Lindholm, Jan. 3.", Form.LINE),
        ("Acme Inc.", Form.LINE),
        ("What comes next?", Form.QUESTION),
        ("www.post.example", Form.ADDRESS),
        ("@porttalk", Form.ADDRESS),
        ("* * *", Form.MARK),
        ("12", Form.MARK),
        ('<img src="pier.jpg">', Form.MARK),
        ("港湾委員会は火曜日に投票した。", Form.PROSE),
        ("x" * 250, Form.PROSE),
    ],
)
def test_the_form_of_a_block(text: str, form: Form) -> None:
    assert form_of(text) is form
    assert forms_of([text]) == [form]


PIECES = [
    *(LEAD, BODY, "Pier closes", "By Maja Orlo", "Advertisement", "Home", "Read more:", "12", "#"),
    *("What next?", "March 4, 2021", "- item", "@porttalk", "LINDHOLM (AP) - It is so.", "Orlo:"),
    *(
        "Copyright 2021 The Post.",
        '"No," she said.',
        "Story highlights",
        "(Photo)",
        "。",
        "x.",
        "{{",
    ),
    *(
        "![](a.jpg)",
        "[a](b)",
        "# Head",
        "## Sub",
        "<b></b>",
        "1. one",
        "_ Bo Ek, who",
        "A;B;C",
        "?",
    ),
]


@pytest.mark.parametrize("markdown", [False, True])
def test_any_blocks_have_one_lead_and_roles(markdown: bool) -> None:
    draw = random.Random(22)
    kinds = list(BlockKind)
    for _ in range(rounds(600)):
        texts = draw.choices(PIECES, k=draw.randint(1, 30))
        of_blocks = [
            draw.choice(kinds) if draw.random() < 0.2 else BlockKind.PARAGRAPH for _ in texts
        ]
        title = draw.choice(["", "Pier closes", LEAD, "?"])
        decision = decide(of_blocks, texts, newsroom_of("en"), markdown=markdown, title=title)
        found = [role.value for role in decision.roles]
        assert len(found) == len(texts)
        assert found.count("lead") <= 1
        if (
            any(
                text in (LEAD, BODY) and kind is BlockKind.PARAGRAPH
                for text, kind in zip(texts, of_blocks, strict=True)
            )
            and title != LEAD
        ):
            assert found.count("lead") == 1, texts
        assert 0 <= decision.tail <= len(texts)


@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear(piece: str) -> None:
    def roles_of(count: int) -> None:
        kinds = [BlockKind.PARAGRAPH] * count
        title = "Pier closes at last"
        decide(kinds, [piece] * count, newsroom_of("en"), markdown=True, title=title)

    roles_of(100)
    assert is_linear(roles_of, size(2_000, 6_000))


def test_a_question_among_lines_heads_the_lines_after_it() -> None:
    lines = ["Maja Orlo of Lindholm", "Bo Ek of Brunnvik", "Tomas Vik of Skarra"]
    text = story(LEAD, *lines, "Who else will be there?", *lines, "When is it?", BODY)
    assert roles(text) == [*("lead", *["list"] * 3, "subhead", *["list"] * 3, "subhead", "body")]


def test_the_lines_of_a_contact_are_notes() -> None:
    text = story(LEAD, BODY, "Media Contact:", "Maja Orlo", "718-250-2340", "maja@post.example")
    assert roles(text) == ["lead", "body", *["note"] * 4]


def test_a_title_that_was_cut_stands_above_itself() -> None:
    lines = ["Harbour Board Votes to Close the Old…", "Harbour Board Votes to Close the Old Pier"]
    assert roles(story(*lines, LEAD, BODY)) == ["headline", "headline", "lead", "body"]


def test_the_header_of_wire_copy_with_its_marks() -> None:
    lines = ["W2870asian", "^BC-PP--Pier Closes,466<", "^Pier Closes At Lindholm<"]
    lines += ["^PP Photo XNP101<", "^Eds: With PP Photos.<", "^By MAJA ORLO=", LEAD, BODY]
    expected = ["note", "note", "headline", "headline", "note", "byline", "lead", "body"]
    assert roles(story(*lines)) == expected
    lines[3] = "^AP Photo XNP101, XNP102<"
    assert roles(story(*lines))[3] == "note"


def test_a_dateline_in_a_block_of_its_own_is_no_lead() -> None:
    text = story("# Pier closes at Lindholm", "LINDHOLM, Sweden - March 4, 2021", LEAD, BODY)
    assert roles(text, format="markdown") == ["headline", "note", "lead", "body"]


def test_links_alone_at_the_end_of_markdown_are_furniture() -> None:
    links = ["[Release](https://port.example/1)", "[Short version](https://port.example/2)"]
    text = story("# Pier closes", LEAD, BODY, "---", *links)
    assert roles(text, format="markdown")[-2:] == ["furniture"] * 2
    headed = story("# Pier closes", LEAD, "## Where to read on", *links)
    assert "furniture" not in roles(headed, format="markdown")


def test_the_text_of_an_export_begins_below_its_label() -> None:
    lines = ["Pier Closes At Lindholm", "Port Press International", "March 4, 2021 Thursday"]
    lines += ["Copyright 2021 Port Press All Rights Reserved", "Length: 319 words", "Body", LEAD]
    expected = ["headline", "note", "note", "credit", "note", "note", "lead", "body"]
    assert roles(story(*lines, BODY)) == expected


def test_a_deck_below_the_label_highlight_is_no_lead() -> None:
    text = story("Pier closes", "Highlight: The board has voted for it.", "Body", LEAD, BODY)
    assert roles(text) == ["headline", "headline", "note", "lead", "body"]


def test_results_with_a_label_each_are_a_list() -> None:
    rows = ["100 yards: Lindholm, Ek and Vik; Brunnvik, Orlo and Berg."]
    rows += ["220 yards: Lindholm, Moe and Lund; Brunnvik, Dahl and Hall."]
    rows += ["One mile: Lindholm, Ek, Vik, Moe and Lund; Brunnvik, Hall."]
    text = story("Sports at Lindholm", LEAD, BODY, *rows)
    assert roles(text)[-4:] == ["body", "list", "list", "list"]
    said = ["Orlo: We were not asked, and nobody told us.", "Ek: I was told, on Tuesday."]
    said += ["Vik: It will be closed, whatever we say."]
    assert "list" not in roles(story("Pier", LEAD, BODY, *said))


def test_the_name_of_an_agency_below_a_picture_is_its_credit() -> None:
    text = story(LEAD, BODY, "Ferries wait at the old pier, Lindholm", "Reuters", BODY, LAST)
    assert roles(text) == ["lead", "body", "caption", "credit", "body", "body"]


def test_the_name_of_a_company_after_about_is_a_subhead() -> None:
    text = story(LEAD, BODY, "About Lindholm Harbours, Inc.", BODY)
    assert roles(text) == ["lead", "body", "subhead", "body"]


def test_a_heading_of_caveats_is_a_subhead_and_its_text_a_note() -> None:
    caveat = "This news release contains forward-looking statements about the pier."
    text = story(LEAD, BODY, "About Lindholm Harbours", BODY, "Forward-Looking Statements", caveat)
    assert roles(text) == ["lead", "body", "subhead", "body", "subhead", "note"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Maja Orlo", "Captain of the ferry", "Port of Lindholm"], ["byline"] * 3),
        (["Sincerely,", "Maja Orlo"], ["body", "byline"]),
        (["The winners", "Maja Orlo", "Bo Ek"], ["list"] * 3),
        (["Maja Orlo", "Bo Ek", "Tomas Vik"], ["list"] * 3),
    ],
)
def test_who_signs_a_document(lines: list[str], expected: list[str]) -> None:
    assert roles(story("The old pier", LEAD, BODY, *lines))[3:] == expected


def test_a_title_above_its_label_is_related() -> None:
    frame = ["Share on Facebook", "Sign up for the harbour letter", "Advertisement"]
    text = story("Pier closes", LEAD, BODY, "Who paid for it", "Read more", LAST, BODY, *frame)
    assert roles(text)[3:6] == ["related", "related", "body"]


def test_a_name_with_a_dash_is_under_a_portrait() -> None:
    text = story("Pier closes at Lindholm", "Maja Orlo -", LEAD, BODY, "Bo Ek -", LAST)
    assert roles(text) == ["headline", "caption", "lead", "body", "caption", "body"]


def test_the_contents_of_a_newsletter_are_a_list() -> None:
    contents = ["In this issue", "The old pier closes .... 1", "New ferries .... 3"]
    lines = ["THE HARBOUR LETTER", "Volume 12, Number 3", *contents, "THE OLD PIER CLOSES"]
    expected = ["headline", "note", *["list"] * 3, "headline", "lead", "body"]
    assert roles(story(*lines, LEAD, BODY)) == expected


def test_the_contact_and_the_source_of_a_release() -> None:
    contact = ["Contacts", "Media:", "Bo Ek", "+1 555 555 0123", "bo@port.example"]
    assert roles(story(LEAD, BODY, *contact))[2:] == ["note"] * 5
    text = story(LEAD, BODY, "SOURCE Lindholm Harbours")
    assert roles(text) == ["lead", "body", "credit"]
    within = story(LEAD, BODY, "Contact: Bo Ek, bo@port.example", "About Lindholm", BODY, LAST)
    assert roles(within) == ["lead", "body", "note", "subhead", "body", "body"]


def test_the_first_of_several_questions_is_a_subhead() -> None:
    asked = ["What happens to the ferries?", BODY, "Who pays for the pier?", LAST]
    expected = ["headline", "subhead", "lead", "subhead", "body"]
    assert roles(story("Ask the captain of the ferry", *asked)) == expected


def test_a_name_after_a_dash_signs_a_text_unless_it_quotes() -> None:
    assert roles(story(LEAD, BODY, "-- Maja Orlo")) == ["lead", "body", "byline"]
    assert roles(story(LEAD, BODY, '"We were not asked."', "-- Maja Orlo"))[-1] == "body"


def test_a_short_headline_below_the_line_of_the_paper() -> None:
    text = story("Port Post, March 4, 2021, Page A3", "Pier closes", LEAD, BODY)
    assert roles(text) == ["note", "headline", "lead", "body"]


def test_topics_within_a_page_are_furniture() -> None:
    text = story("Pier closes at Lindholm", LEAD, BODY, "Related Topics", "Lindholm", LAST)
    assert roles(text) == ["headline", "lead", "body", "furniture", "furniture", "body"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("“Ferries stop", "ferries"), ("O’Dell wins", "o"), ("STRASSE zu", "strasse"), ("* * *", "")],
)
def test_the_first_word_of_a_block(text: str, word: str) -> None:
    assert first_word_of(text) == word
    assert words_of(text)[:1] == ([word] if word else [])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("'Do you mean to say that the pier is closed?'", Form.QUESTION),
        ("'Nobody asked the men who sail there.' (He laughed.)", Form.PROSE),
        ("'The men who sail there will be glad of it, at any rate!'", Form.PROSE),
        ("'Glad of it at any rate!'", Form.LINE),
        ("“Ferries to the North,", Form.LINE),
    ],
)
def test_the_form_of_a_speech(text: str, form: Form) -> None:
    assert form_of(text) is form
    assert forms_of([text]) == [form]


def test_the_lines_of_a_database_above_the_headline() -> None:
    lines = ["3 of 120 DOCUMENTS", "The Lindholm Post (Sweden)", "March 4, 2021, CITY EDITION"]
    text = story(*lines, "Pier closes at Lindholm", "BYLINE: By MAJA ORLO", LEAD, BODY)
    expected = [*["note"] * 3, "headline", "byline", "lead", "body"]
    assert roles(text) == expected
    article = complete(Article(id="a", text=text), passages(text))
    assert article.title == "Pier closes at Lindholm"
    assert (article.authors, article.source) == (("MAJA ORLO",), "The Lindholm Post")


def test_the_dateline_of_a_database_has_a_place_and_no_date_of_publication() -> None:
    lines = ["March 4, 2021 Thursday", "Pier closes at Lindholm", "DATELINE: London, March 5 2021"]
    text = story("3 of 120 DOCUMENTS", *lines, LEAD, BODY)
    article = complete(Article(id="a", text=text), passages(text))
    assert (article.place, article.date) == ("London", "2021-03-04")


def test_the_lines_of_a_distributor_above_a_release() -> None:
    source = "Source: Lindholm Harbours Ltd"
    dateline = "LINDHOLM, March 4, 2021 /PRNewswire/ --"
    lines = [source, "MEDIA RELEASE PR1234", "Pier closes at Lindholm", dateline]
    text = story(*lines, LEAD, BODY, source, "Logo - https://port.example/logo.jpg")
    expected = ["credit", "note", "headline", "note", "lead", "body", "credit", "caption"]
    assert roles(text) == expected
    article = complete(Article(id="a", text=text), passages(text))
    assert (article.title, article.place) == ("Pier closes at Lindholm", "LINDHOLM")


def test_footnotes_with_addresses_are_notes() -> None:
    notes = ["[1] https://port.example/pier", "[2] https://port.example/ferries"]
    assert roles(story(LEAD, BODY, *notes)) == ["lead", "body", "note", "note"]
    assert roles(story(LEAD, BODY, "\n".join(notes), LAST))[-1] == "body"


def test_lines_beyond_the_header_of_a_printed_page_are_text() -> None:
    header = ["12", "Page 13", "Tuesday, March 4, 2021"]
    text = story(
        "Harbour debates", LEAD, BODY, "Motion agreed to", *header, "Sitting resumed", LAST
    )
    shown = roles(text)
    assert "furniture" not in (shown[3], shown[7])
    assert shown[4:7] == ["furniture"] * 3


def test_a_correspondent_without_name_signs() -> None:
    text = story("Pier closes at Lindholm", "(From Our Own Correspondent)", LEAD, BODY)
    assert roles(text) == ["headline", "byline", "lead", "body"]


def test_a_footer_may_have_a_paragraph_or_two() -> None:
    rows = [f"Harbour row {number} of the page with a title" for number in range(14)]
    frame = [
        "Advertisement",
        "Sign up for the harbour letter",
        "Share on Facebook",
        "Cookie policy",
    ]
    top = ["Pier closes at Lindholm", LEAD, BODY, LAST]
    text = story(*top, *frame, *rows, BODY, rows[0], BODY, "Terms of use")
    assert set(roles(text)[4:]) == {"furniture"}
    # Without the title of another story above it, a sentence is of this one.
    shown = roles(story(*top, *frame, *rows, BODY, BODY, "Advertisement", LAST, "Terms of use"))
    assert shown[-5:] == ["furniture", "body", "furniture", "body", "furniture"]


def test_decks_below_a_dateline_in_a_block_of_its_own() -> None:
    lines = ["Pier closes at Lindholm", "LINDHOLM, March 4 /PRNewswire/ --"]
    text = story(*lines, "- Ferries will call at Brunnvik", LEAD, BODY)
    assert roles(text) == ["headline", "note", "headline", "lead", "body"]
    assert complete(Article(id="a", text=text), passages(text)).place == "LINDHOLM"


def test_a_sentence_that_names_another_story_is_text() -> None:
    sentence = "Read more about what the captain told the harbour board, below."
    assert roles(story(LEAD, BODY, sentence, LAST))[2] == "body"
    assert roles(story(LEAD, BODY, "Read more: What the captain told.", LAST))[2] == "related"


def test_paragraphs_among_adverts_are_of_the_story() -> None:
    """A page has menus above its story; adverts between paragraphs are none."""
    advert = ["Advertisement", "Advertisement"]
    blocks = [
        "(Tomas Vik/Port Post)",
        "Tides for Captains",
        f"{LEAD} {LAST}",
        *advert,
        *[f"{BODY} {LAST}"] * 2,
    ]
    blocks += [*advert, *[f"{LEAD} {BODY}"] * 3]
    found = passages(story(*blocks), title="How to Read the Tide")
    assert [one.role.value for one in found][2:5] == ["lead", "furniture", "furniture"]
    assert {one.role.value for one in found if LAST in one.text or BODY in one.text} == {
        "lead",
        "body",
    }


def test_long_paragraphs_under_a_last_heading_are_no_references() -> None:
    houses = [f"{LEAD} {LAST} In 2021 it moved; see www.port.example. " + f"{BODY} " * 4] * 2
    found = roles(story(LEAD, BODY, "About the Port", *map(str.strip, houses)))
    assert found == ["lead", "body", "subhead", "body", "body"]
