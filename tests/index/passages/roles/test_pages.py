"""Pages and newsletters as scraped corpora have them. All texts are invented."""

from collections.abc import Callable

import pytest

from linear import is_linear
from nutgraf import Article, split
from nutgraf_index.passages.split import complete
from scale import size

LEAD = "The harbour board voted on Tuesday to close the old pier, its chair said."
BODY = "Ferries will call at Brunnvik until the work is done in June next year."
LAST = "Nobody had asked the captains of the ferries before the vote was taken."
MENU = ("Skip to content", "Home", "News", "Sport", "Weather", "About us", "Contact us", "Search")
FOOTER = ("Share", "Privacy policy", "Terms of use", "Careers", "Contact us", "Site map")


def story(*blocks: str) -> str:
    return "\n\n".join(blocks)


def roles(text: str, **known: str) -> list[str]:
    return [one.role.value for one in split(Article(id="a", text=text, **known))]  # type: ignore[arg-type]


def by_text(text: str, **known: str) -> dict[str, str]:
    """Return the role of each passage, by its text."""
    article = Article(id="a", text=text, **known)  # type: ignore[arg-type]
    return {one.text: one.role.value for one in split(article)}


def test_the_headline_of_a_page_shares_words_with_the_story() -> None:
    rows = ("Captain cleared of running aground", "Crane finds a buyer after long years")
    page = story(*MENU, *rows, "Will the harbour lose its pier?", LEAD, BODY, LAST, *FOOTER)
    found = by_text(page)
    assert found["Will the harbour lose its pier?"] == "headline"
    assert [found[row] for row in rows] == ["furniture", "furniture"]


def test_a_headline_with_a_byline_far_above_the_story() -> None:
    between = ("Share", "Tweet", "2 min read", "Ferries at the pier. (Tomas Vik/Port Post)")
    page = story(
        *MENU, "Lindholm loses its pier", "By Maja Orlo", *between, LEAD, BODY, LAST, *FOOTER
    )
    found = by_text(page)
    assert (found["Lindholm loses its pier"], found["By Maja Orlo"]) == ("headline", "byline")
    assert found[LEAD] == "lead"


def test_a_headline_repeated_with_the_name_of_the_house() -> None:
    title = "Harbour board closes its old pier"
    page = story(*MENU[:2], f"{title} | Port Post", *MENU[2:], title, LEAD, BODY, LAST, *FOOTER)
    found = by_text(page)
    assert (found[f"{title} | Port Post"], found[title]) == ("headline", "headline")


def test_a_sentence_above_the_menus_is_no_headline() -> None:
    page = story("This page looks best in a new browser.", *MENU, LEAD, BODY, LAST, *FOOTER)
    assert roles(page)[0] == "furniture"


def test_a_headline_that_cries_or_ends_with_an_abbreviation() -> None:
    title = "Captains tell the board to keep the old pier of Lindholm for the U.S."
    page = story(*MENU, title, "March 4, 2021", LEAD, BODY, LAST, *FOOTER)
    assert by_text(page)[title] == "headline"


def test_a_deck_that_is_the_lead_as_well() -> None:
    page = story(*MENU, "Old pier to close", LEAD, "Share", "Tweet", LEAD, BODY, LAST, *FOOTER)
    found = roles(page)
    assert found.count("lead") == 1
    assert found[found.index("headline") + 1] != "lead"


def test_the_trail_to_a_headline_is_furniture() -> None:
    title = "Old pier of Lindholm to close"
    text = story("<< Ferry runs aground", f"News : 2021 : {title}", title, LEAD, BODY)
    assert roles(text) == ["furniture", "furniture", "headline", "lead", "body"]


def test_a_name_below_the_date_that_the_headline_names_is_of_a_portrait() -> None:
    lead = "Maja Orlo was named captain of the harbour on Tuesday, the board said."
    text = story("Orlo to lead the harbour of Lindholm", "March 4, 2021", "Maja Orlo", lead, BODY)
    assert roles(text) == ["headline", "note", "caption", "lead", "body"]


def test_figures_above_the_story_are_a_list() -> None:
    text = story("Port Daily of Lindholm", "High: 13°C", "Chance of rain: 8%", LEAD, BODY)
    assert roles(text)[1:] == ["list", "list", "lead", "body"]


def test_blocks_with_a_picture_each_are_a_list() -> None:
    items = [f"{sign} {BODY}" for sign in ("🚢", "⚓", "☀️")]
    assert roles(story(LEAD, "⚡ Quick Hits", *items)) == ["lead", "subhead", *["list"] * 3]
    assert roles(story(LEAD, "🚢 Ferries are back", BODY)) == ["lead", "subhead", "body"]


def test_a_post_and_who_wrote_it_are_body() -> None:
    post = "FERRIES ARE BACK AND THE BOARD OF LINDHOLM IS NOT"
    text = story(LEAD, post, "— Port Watch (@portwatch) March 4, 2021", BODY)
    assert roles(text) == ["lead", "body", "body", "body"]


def test_a_name_again_and_again_is_the_credit_of_pictures() -> None:
    blocks = [one for part in (BODY, LAST, BODY) for one in ("Lindholm Harbour Police", part)]
    assert roles(story(LEAD, *blocks)) == ["lead", *["credit", "body"] * 3]
    asked = [one for part in (BODY, LAST) for one in ("Maja Orlo", part)]
    text = story(LEAD, *asked, "Bo Ek", BODY, *asked, "Bo Ek", LAST, "Bo Ek", BODY)
    assert "credit" not in roles(text)


def test_lines_below_pictures_of_markdown() -> None:
    text = story(
        "# Old pier to close", "![](a.jpg)", "Port Images", "Waiting at the pier", LEAD, BODY
    )
    expected = ["headline", "caption", "credit", "caption", "lead", "body"]
    assert roles(text, format="markdown") == expected


def test_links_without_words_are_furniture() -> None:
    text = story("[](https://port.example)", "# Old pier to close", LEAD, BODY)
    expected = ["furniture", "headline", "lead", "body"]
    assert roles(text, format="markdown") == expected


def test_a_label_with_its_title_opens_nothing() -> None:
    rows = ("Crane finds a buyer after long years", "Captain cleared of running aground")
    watch = "WATCH: Ferries leave the old pier"
    page = story(*MENU, "Old pier to close", LEAD, BODY, LAST, *FOOTER, watch, *rows, *FOOTER)
    found = by_text(page)
    assert (found[watch], *(found[row] for row in rows)) == ("related", "furniture", "furniture")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["By", "Maja Orlo", LEAD], ["By\nMaja Orlo", LEAD]),
        (
            ["The board asked the harbour's chosen Captain", "Maja Orlo", "'s ferry to leave."],
            ["The board asked the harbour's chosen Captain\nMaja Orlo\n's ferry to leave."],
        ),
        (
            ["The board is facing", "three other votes", f"that came up on Monday; {BODY}"],
            [f"The board is facing\nthree other votes\nthat came up on Monday; {BODY}"],
        ),
        (["Port News", "—", LEAD], [f"Port News\n—\n{LEAD}"]),
    ],
)
def test_pieces_of_bylines_and_sentences(lines: list[str], expected: list[str]) -> None:
    menu = [*MENU, *FOOTER, "Old pier of Lindholm to close"]
    text = "\n".join([*menu, *lines, BODY, LAST])
    found = [one.text for one in split(Article(id="a", text=text))]
    assert found == [*menu, *expected, BODY, LAST]


def test_who_is_quoted_stands_below_each_quotation() -> None:
    quoted = [
        one for name in ("Bo Ek", "Maja Orlo", "Tomas Vik") for one in ('"Yes."', f"-- {name}")
    ]
    found = split(Article(id="a", text=story(LEAD, *quoted)))
    assert [one.text for one in found] == [LEAD, *quoted]


def test_the_properties_of_a_page_with_its_trail() -> None:
    title = "Old pier of Lindholm to close"
    text = story("<< Ferry runs aground", f"News : 2021 : {title}", title, "by Maja Orlo", LEAD)
    article = Article(id="a", text=text)
    done = complete(article, split(article))
    assert (done.title, done.authors) == (title, ("Maja Orlo",))


def test_links_with_a_picture_and_a_title_lead_elsewhere() -> None:
    rows = [f"[![](a.jpg) {row} last week](b.html)" for row in ("Crane finds a buyer", "Ferry ran")]
    text = story("# Old pier to close", LEAD, BODY, LAST, *rows)
    found = roles(text, format="markdown")
    assert found[:4] == ["headline", "lead", "body", "body"]
    assert "caption" not in found


def test_the_frame_below_a_story_of_markdown_is_furniture() -> None:
    frame = [
        *(
            "## Engage",
            "Sign up for the harbour letter",
            "[Details](a.html) [Register now](b.html)",
        ),
        *("### Harbour forum", "Share", "[apps](c.html)", "## Most popular", "[ferries](d.html)"),
        *("Tweet", "[Crane finds a buyer](e.html)", "Privacy policy", "[piers](f.html)", "Close"),
        *("## Republish this story", "Terms of use", "[boats](g.html)"),
    ]
    text = story("# Old pier to close", LEAD, BODY, LAST, *frame)
    found = roles(text, format="markdown")
    assert found[:4] == ["headline", "lead", "body", "body"]
    assert not {"subhead", "list", "body"}.intersection(found[4:])


def test_a_label_at_the_end_of_a_text_is_furniture() -> None:
    assert roles(story(LEAD, BODY, "Authors:")) == ["lead", "body", "furniture"]


def test_an_agency_above_a_dateline_signs_the_dispatch() -> None:
    dispatch = "Lindholm, Jan. 3. The harbour board has voted to close the old pier of the city."
    text = story(LEAD, BODY, "OLD PIER TO CLOSE", "(Associated Press)", dispatch, BODY)
    assert roles(text)[3:5] == ["byline", "body"]
    assert roles(story(LEAD, BODY, "(Associated Press)", BODY))[2] == "credit"


def test_the_title_of_another_story_that_cries() -> None:
    text = story(LEAD, "RELATED:", "Peek inside the pier that captains once called home!", BODY)
    assert roles(text) == ["lead", "related", "related", "body"]


def test_a_long_line_between_paragraphs_of_a_page_may_be_the_title_of_another_story() -> None:
    """The paragraphs below a subhead have some of its words."""
    title = "Crane cleared of falling over the railway in the winter storm"
    subhead = "No captain was asked about the vote before it was taken"
    page = story(*MENU, "Old pier to close", LEAD, BODY, title, LAST, BODY, subhead, LAST, *FOOTER)
    found = by_text(page)
    assert (found[title], found[subhead]) == ("related", "subhead")
    assert by_text(story(LEAD, BODY, title, LAST, BODY))[title] == "subhead"  # no page
    wrapped = title.replace(" the railway", "\nthe railway")
    assert by_text(page.replace(title, wrapped))[wrapped] != "related"


def test_rows_between_paragraphs_of_a_page_lead_to_other_stories() -> None:
    rows = (
        "Crane cleared of falling over the railway",
        "How the railway lost its best engine driver",
        "Five gardens to see before the winter",
    )
    menu = ("Gardens", "Railways", "Engines")
    page = story(*MENU, "Old pier to close", LEAD, BODY, *rows, LAST, BODY, *menu, LAST, *FOOTER)
    found = by_text(page)
    assert [found[row] for row in rows] == ["related"] * 3
    assert [found[entry] for entry in menu] == ["furniture"] * 3
    told = ("The captains of the old ferries", "The chair of the harbour board", "The old pier")
    page = story(*MENU, "Old pier to close", LEAD, BODY, *told, LAST, BODY, *FOOTER)
    assert [by_text(page)[item] for item in told] == ["list"] * 3
    text = story(LEAD, BODY, *rows, LAST)
    assert roles(text) == ["lead", "body", "list", "list", "list", "body"]  # no page


def test_titles_of_other_stories_at_the_end() -> None:
    rows = (
        "Also Today:",
        "Crane cleared of falling over the railway",
        "How the railway lost its best engine driver",
        "Five gardens to see before the winter",
    )
    assert roles(story(LEAD, BODY, LAST, *rows))[3:] == ["related"] * 4
    own = (
        "Read the vote of the board in June",
        "Ask the captains of the ferries what they said",
        "Ferries will call at Brunnvik until the end of June",
    )
    assert roles(story(LEAD, BODY, LAST, *own))[3:] == ["list"] * 3
    assert roles(story(LEAD, BODY, LAST, "The winners are:", *rows[1:]))[3:] == [
        "body",
        *["list"] * 3,
    ]


@pytest.mark.parametrize(
    "items",
    [
        (
            "First place: the school of Westgate",
            "Second place: the school of Upton",
            "Third: Eastend",
        ),
        (
            "Saturday: Concert in the park at eight",
            "Monday: Lecture on gardens and old engines",
            "Sunday: Dance",
        ),
        (
            "Upton 3, Westgate 1 after ninety minutes",
            "Eastend 2, Northgate 2 at Garden Road",
            "Iver 1, Wye 2",
        ),
        (
            "Lisa Berg, 42, nurse from Garden Street",
            "Tom Ash, 31, driver of an old engine",
            "Ann Fox, 8",
        ),
        (
            "One pound of fresh cod or haddock",
            "Two cups of finely diced potatoes",
            "Salt and white pepper",
        ),
        (
            "I never saw a garden quite so green",
            "Nor heard the engines on a winter's day",
            "So slowly move away",
        ),
    ],
)
def test_results_programmes_and_ingredients_are_no_titles_of_other_stories(
    items: tuple[str, ...],
) -> None:
    for label in ((), ("The Results:",), ("What you need",)):
        found = roles(story("Old pier to close", LEAD, BODY, LAST, *label, *items))
        assert {"related", "furniture"}.isdisjoint(found), label
    page = story(*MENU, "Old pier to close", LEAD, BODY, *items, LAST, BODY, *FOOTER)
    assert [by_text(page)[item] for item in items] == ["list"] * 3


def test_a_line_that_stands_often_above_the_buttons_of_a_page() -> None:
    often = ("Post has been removed", "Share this on:")
    text = story(LEAD, *often, BODY, *often, LAST, *often, BODY, *often, LAST)
    found = by_text(text)
    assert found[often[0]] == "furniture"


def test_the_address_of_a_house_below_a_release() -> None:
    address = "Harbour House • 12 Pier Street, Box 19 • Lindholm 75207 • 214/653-3600"
    assert roles(story(LEAD, BODY, address, LAST, address))[2:] == [
        "furniture",
        "body",
        "furniture",
    ]
    for row in (
        "Pier • Harbour • Ferries",
        "Doors open at 7 p.m. • Tickets 12 • Call 555 123-4567",
    ):
        assert roles(story(LEAD, BODY, row, LAST))[2] != "furniture"


def test_the_lines_of_a_contact_above_a_release() -> None:
    head = (
        "June 26, 2019 Contact: Maja Orlo",
        "Director of Communications",
        "Lindholm County Harbour Master’s Office of the Piers\n214-653-3756 (Office)",
        "maja.orlo@lindholm.example",
        "For Immediate Release",
        "Old Pier to Close in June",
    )
    assert roles(story(*head, LEAD, BODY))[:6] == ["note"] * 5 + ["headline"]


def test_items_below_a_line_that_leads_to_them() -> None:
    items = (
        "83% of all captains say that the old pier is too far from the city, and " * 2 + "no more",
        "On average, ferries miss 6.1 days of work each year",
        "60% of the boards have asked their captains for the first time since 2022",
        "No ferry was late",
    )
    assert roles(story(LEAD, BODY, "The main findings include:", *items, LAST)) == [
        "lead",
        "body",
        "body",
        *["list"] * 4,
        "body",
    ]
    assert roles(story(LEAD, BODY, "Main Findings:", *items[1:], LAST))[2] == "subhead"


def test_a_paragraph_far_below_the_story_of_a_page() -> None:
    notice = "To keep the talk of the harbour friendly, all names will be printed with each letter."
    page = story(*MENU, "Old pier to close", LEAD, BODY, LAST, *FOOTER, *MENU, notice, *FOOTER)
    assert by_text(page)[notice] == "furniture"
    page = story(*MENU, "Old pier to close", LEAD, BODY, LAST, *FOOTER, notice)
    assert by_text(page)[notice] == "body"  # near the story


def test_lines_that_begin_with_a_picture_stand_apart_in_wrapped_text() -> None:
    wrapped = (
        "The harbour board has voted to close the\nold pier in the summer, and the captains\nof"
    )
    text = (
        f"{wrapped} all ferries are against it.\n👉 Ferries are\n🚢 Captains are\n\n{wrapped} both."
    )
    found = [one.text for one in split(Article(id="a", text=text))]
    assert found[1:3] == ["👉 Ferries are", "🚢 Captains are"]


COLUMN = (
    "The harbour board voted on\nTuesday to close the old pier\nof Lindholm, and the captains\n"
    "of all ferries are against it."
)


def test_lines_between_the_columns_of_a_printed_page() -> None:
    heading = ("OLD PIER TO CLOSE", "Captains Are Against It")
    advert = ("Hardy Newton & Sons", "23 and 150", "Sliced Peaches")
    text = story(COLUMN, COLUMN, *advert, *heading, COLUMN, COLUMN, COLUMN, COLUMN)
    found = by_text(text)
    assert [found[line] for line in heading] == ["subhead", "subhead"]
    assert [found[line] for line in advert[:2]] == ["furniture", "furniture"]


def test_a_paragraph_that_ends_in_another_column_is_shown() -> None:
    cut = "The board of the harbour is not\nsure that all of the captains"
    text = story(*[COLUMN] * 6, cut, "Hardy Newton & Sons", "Sliced Peaches", "Phone 23 now")
    assert by_text(text)[cut] == "body"


def test_lines_between_wider_paragraphs_are_those_of_any_text() -> None:
    wide = " ".join([BODY, LAST]).replace(" is ", "\nis ").replace(" the ferries", "\nthe ferries")
    text = story(*[wide] * 6, "Quick sale", wide)
    assert by_text(text)["Quick sale"] == "subhead"


def test_the_settings_of_a_player_above_the_story_are_furniture() -> None:
    settings = ("Auto", "High", "Low", "Type size", "Arial", "Georgia", "Plain", "Shadow", "Raised")
    page = story(
        "Old pier to close",
        "By Maja Orlo",
        *("Full screen", "Settings", *settings, "Unfortunately, this film cannot be shown to you."),
        *("Outline", "Presets", "Back", "Effects", "Text", LEAD, BODY, LAST),
    )
    found = by_text(page)
    assert {found[line] for line in (*settings, "Outline")} == {"furniture"}
    assert found[LEAD] == "lead"


def test_rows_of_adverts_with_the_same_lines_are_furniture() -> None:
    adverts = [
        one
        for name in ("Best lamp ever sells", "Say goodbye to snoring", "Find cheap flights now")
        for one in (name, "Port Lamps", "Undo", f"{name} again", "Port Lamps", "Undo")
    ]
    letter = "Sign up for the harbour letter"
    page = story("Old pier to close", LEAD, letter, BODY, LAST, letter, "Report this ad", *adverts)
    found = roles(page)
    assert found[:2] == ["headline", "lead"]
    assert set(found[5:]) == {"furniture"}


def test_hashtags_below_a_story_are_furniture() -> None:
    tags = ("#old pier", "#ferries", "#lindholm harbour")
    assert roles(story(LEAD, BODY, *tags))[2:] == ["furniture"] * 3


def test_a_paragraph_with_a_sign_at_its_beginning_is_no_lead() -> None:
    assert roles(story("% of captains think so. Add what you think.", LEAD, BODY))[1] == "lead"


def test_a_line_in_capitals_among_titles_of_other_stories_is_a_new_label() -> None:
    rows = ("Crane finds a buyer after long years", "Captain cleared of running aground")
    page = story(
        *(*MENU, "Old pier to close", LEAD, BODY, LAST, *FOOTER),
        *("Related stories:", rows[0], "TOP STORIES OF THE PORT", rows[1], *FOOTER),
    )
    found = by_text(page)
    assert [found[row] for row in rows] == ["related", "furniture"]


def test_what_a_text_browser_writes_for_pictures_stands_apart() -> None:
    wrapped = "The harbour board has voted to close the\nold pier in the summer, and captains\nof"
    text = f"[img]\n[img]\n{wrapped} ferries are against it.\n\n{wrapped} ferries left.\n□ Travel"
    found = [one.text for one in split(Article(id="a", text=text))]
    assert found[:2] == ["[img]", "[img]"]
    assert found[-1] == "Travel"


def test_what_a_page_says_again_and_again_between_paragraphs_is_furniture() -> None:
    line, button = (
        "Post may have been deleted",
        "What do you feel? Share it with the captains here.",
    )
    blocks = [one for part in (BODY, LAST) * 2 for one in (line, part, button)]
    page = story(*MENU, "Old pier to close", LEAD, *blocks, *FOOTER)
    found = by_text(page)
    assert (found[line], found[button]) == ("furniture", "furniture")
    minutes = story(LEAD, *[one for part in (BODY, LAST) * 2 for one in ("Motion agreed to", part)])
    assert by_text(minutes)["Motion agreed to"] != "furniture"


PARAGRAPH = (
    "The harbour board voted on Tuesday to close the old pier of Lindholm, which has stood there "
    "for more than ninety years, and to send all of its ferries to Brunnvik until the next summer."
)


def test_paragraphs_between_links_are_no_menu() -> None:
    """A digest of links has a heading of the first level for each of its parts."""
    links = [f"- [Ferry number {number} sails](https://port.example/{number})" for number in "1234"]
    sections = [
        block
        for name in ("Ferries", "Piers", "Captains")
        for block in (f"# {name}", PARAGRAPH, "\n".join(links))
    ]
    digest = story(*sections, "# Quote of the week", f"{BODY} {LAST}", LEAD, "Share", "Home")
    found = roles(digest, format="markdown")
    assert found[0] != "furniture"
    assert found[1] == "lead"
    assert found.count("list") == 12
    assert "furniture" not in found[:-2]


def test_blurbs_of_sections_are_of_the_menu() -> None:
    blurb = "These are the topics that our newsroom follows all over the coast of the north."
    title = "Harbour board closes its old pier"
    page = story(*MENU, blurb, *MENU[1:], title, PARAGRAPH, PARAGRAPH + " " + BODY, *FOOTER)
    found = by_text(page)
    assert (found[blurb], found[title]) == ("furniture", "headline")


def test_tags_of_a_table_make_no_page() -> None:
    row = "<tr>\n<td>\n\nFerries\n\n</td>\n\n<td>\n\nHow many of them sail.\n\n</td>\n\n</tr>"
    text = story("# Ferries", LEAD, BODY, *[row] * 6, "## The pier", BODY, LAST)
    found = by_text(text, format="markdown")
    assert (found["How many of them sail."], found["The pier"]) == ("body", "subhead")


def test_short_lines_with_a_paragraph_below_them_end_no_story() -> None:
    houses = ("Harbour Police", "(HP),", "Coast Guard", "(CG),", "Port Watch", "(PW) and")
    plea = "If you know who cut the ropes of the ferries, please tell the police of the harbour."
    title = "Harbour board closes its old pier"
    page = story(*MENU, title, PARAGRAPH, PARAGRAPH + " " + BODY, *houses, plea, *FOOTER)
    assert by_text(page)[plea] == "body"


def test_words_in_capitals_that_somebody_says_lead_nowhere() -> None:
    said = "“WE WERE NEVER ASKED ABOUT THE PIER, AND WE WILL SAY SO”"
    page = story(*MENU, "Harbour board closes its old pier", LEAD, BODY, said, LAST, BODY, *FOOTER)
    assert by_text(page)[said] in ("body", "subhead")
    title = said.strip("“”")
    assert by_text(page.replace(said, title))[title] == "related"


def test_an_item_among_items_is_one_whatever_its_words() -> None:
    items = ("Share: tell people of the ferries", "Listen: hear what they say", "Ask: be curious")
    text = story("# Ferries", LEAD, "\n".join(f"- {item}" for item in items), BODY, LAST)
    assert [by_text(text, format="markdown")[item] for item in items] == ["list"] * 3


def test_a_sentence_below_the_last_heading_is_no_work() -> None:
    works = [f"{name}: https://{name.lower()}.port.example, 2021" for name in ("Orlo", "Ek", "Vik")]
    text = story("# Ferries", LEAD, BODY, "## Resources", *works)
    assert by_text(text, format="markdown")[works[0]] == "note"
    found = by_text(story(text, LAST), format="markdown")
    assert (found[works[0]], found[LAST]) == ("list", "body")


@pytest.mark.parametrize("mark", ["_", "*"])
def test_italics_at_the_end_of_markdown_are_notes(mark: str) -> None:
    bio = f"{mark}Each month Maja Orlo tells of the ferries that she sails.{mark}"
    text = story("# Ferries", LEAD, BODY, LAST, bio)
    assert by_text(text, format="markdown")[bio] == "note"
    assert by_text(story(text, LAST), format="markdown")[bio] == "body"
    thanks = (
        f"{mark}We thank all who helped us: Bo Ek, Tomas Vik, Ann Berg, Ida Holm, and Per.{mark}"
    )
    assert by_text(story("# Ferries", LEAD, BODY, LAST, thanks), format="markdown")[thanks] == (
        "credit"
    )
    said = f"{mark}“We were not asked about the pier,” she said in the end.{mark}"
    assert by_text(story("# Ferries", LEAD, BODY, LAST, said), format="markdown")[said] == "body"


def test_a_story_may_end_in_italics() -> None:
    end = "*And in the night I heard her call across the water, and knew that she was dead.*"
    text = story("# Ferries", LEAD, BODY, LAST)
    assert by_text(story(text, end), format="markdown")[end] == "body"
    note = "*Tomorrow, we tell how the captains of other towns learn to sail without a pier.*"
    assert by_text(story(text, note), format="markdown")[note] == "note"
    assert by_text(story(text, note[1:-1]), format="markdown")[note[1:-1]] == "body"


def test_italics_right_below_others_go_on_with_a_quotation() -> None:
    said = "*“Nobody asked the captains of Lindholm what they think of the pier that we close.*"
    more = "*And nobody will ask them in Brunnvik, where the harbour has no captain of its own.”*"
    text = story("# Ferries", LEAD, BODY, LAST, "The chair of the board wrote:", said, more)
    assert by_text(text, format="markdown")[more] == "body"
    assert by_text(text.replace(said, LAST), format="markdown")[more] == "note"


def test_a_sentence_between_two_words_in_italics_is_text() -> None:
    for last in (
        "*Ferries* was named the best film of the year, and Maja Orlo will play in *The Pier.*",
        "_Ferries_ came first, and there was a second prize for the makers of _The Pier._",
    ):
        text = story("# Ferries", LEAD, BODY, LAST, last)
        assert by_text(text, format="markdown")[last] == "body"


@pytest.mark.parametrize(
    "below", ["{.float-left .wide}", " *The U.N. pier, opened in 1902.*", " _The pier in May._"]
)
def test_a_picture_keeps_its_attributes_and_its_caption(below: str) -> None:
    picture = '{% image "pier.jpg" "The old pier" %}' + below
    text = story("# Ferries", LEAD, picture, BODY, LAST)
    assert by_text(text, format="markdown")[picture] == "caption"


def test_a_picture_with_a_paragraph_in_its_block_is_text() -> None:
    picture = '{{< figure src="pier.jpg" alt="The pier" >}}'
    text = story("# Ferries", picture + PARAGRAPH, BODY)
    assert roles(text, format="markdown")[1] == "lead"
    assert roles(text.replace(PARAGRAPH, ""), format="markdown")[1] == "caption"


def test_lines_above_items_head_them_in_a_digest_of_lists() -> None:
    items = (
        "- [Ferries sail again](https://port.example/1)",
        "- [A pier is sold](https://b.example)",
    )
    parts = [
        block for name in ("**Harbour**", "**Old piers**") for block in (name, "\n".join(items))
    ]
    text = story("# Week 12", "Permalink: https://port.example/12", *parts, "## Thanks", LEAD, BODY)
    found = by_text(text, format="markdown")
    assert found["**Old piers**"] == "subhead"
    assert found["[A pier is sold](https://b.example)"] == "list"


def test_a_greeting_below_a_picture_is_no_credit() -> None:
    text = story("# Ferries", LEAD, "![The pier](pier.jpg)", "Dear Mayor,", BODY, LAST)
    assert by_text(text, format="markdown")["Dear Mayor,"] != "credit"


def test_most_read_stories_with_a_number_each_are_furniture() -> None:
    rows = (
        "Read next",
        "Crane falls over",
        "Most popular this week",
        "1",
        "A railway lost its way",
        "2",
    )
    page = story(*MENU, "Old pier to close", LEAD, BODY, LAST, *FOOTER[:1], *rows, *FOOTER)
    found = by_text(page)
    assert (found["Most popular this week"], found["A railway lost its way"]) == ("furniture",) * 2


def test_links_at_the_end_are_a_list_and_works_with_years_are_notes() -> None:
    links = ("Pier maps: https://port.example/maps", "Ferry times: https://port.example/times")
    assert roles(story(LEAD, BODY, "Key links", *links))[3:] == ["list", "list"]
    works = ("Ek, Bo. Piers, 2019, http://port.example/1.", "Orlo, M. 2012, http://port.example.")
    assert roles(story(LEAD, BODY, "Works cited", *works))[3:] == ["note", "note"]


def test_a_paragraph_that_begins_with_the_author_is_a_note() -> None:
    about = "Maja Orlo\nsails all ferries of the coast, and has done so since she was a child."
    head = ("Pier closes in June", "By Maja Orlo")
    assert roles(story(*head, LEAD, BODY, about, "Advertisement"))[4] == "note"
    assert roles(story(*head, about, LEAD, BODY)) == ["headline", "byline", "note", "lead", "body"]
    assert roles(story(*head[:1], LEAD, BODY, about, LAST))[3] == "body"
    assert roles(story(*head, LEAD, about, BODY, LAST, BODY))[3] == "body"  # far from the end
    named = "Maja Orlo will appeal the ruling of the board, she said in the harbour."
    told = f"{BODY} Orlo had sued."
    assert roles(story(*head, LEAD, told, named))[2:] == ["lead", "body", "body"]
    assert roles(story(*head, named, told, LEAD))[2:] == ["lead", "body", "body"]


def test_a_remark_in_brackets_above_the_story_is_a_note() -> None:
    remark = "(Ms. ORLO asked and was given permission to speak to the board for one minute.)"
    assert roles(story("PIER OF LINDHOLM", remark, LEAD, BODY)) == [
        "headline",
        "note",
        "lead",
        "body",
    ]
    aside = "(The board) voted on Tuesday to close the pier of the city (and its ferries)"
    assert roles(story("PIER OF LINDHOLM", f"{aside}.", BODY))[1] == "lead"
    assert roles(story(remark, "By Maja Orlo", LEAD, BODY)) == ["note", "byline", "lead", "body"]
    assert roles(story(remark, f"LINDHOLM, Sweden (AP) - {LEAD}", BODY))[0] == "note"


def test_asides_and_directions_of_novels_and_plays_are_text() -> None:
    aside = "(The captain looked at the old pier, and at all who were waiting there for him.)"
    assert roles(story(aside, LEAD, BODY)) == ["lead", "body", "body"]
    assert roles(story("The Pier", aside, LEAD, aside, BODY))[1:] == ["lead", *["body"] * 3]
    spoken = ("ORLO: Is it closed?", "EK: It is closed.", "ORLO: Then we stay here.")
    assert roles(story("The Pier", aside, *spoken, LEAD, BODY))[1] != "note"


def test_titles_of_other_stories_above_the_lead_of_a_page() -> None:
    other = "Crane cleared of falling over the railway in the storm"
    page = story("Old pier to close after vote", "Share", other, LEAD, BODY, LAST)
    assert roles(page) == ["headline", "furniture", "furniture", "lead", "body", "body"]
    deck = "Board votes for a harbour without ferries in the summer"
    assert by_text(page.replace(other, deck))[deck] == "headline"
    deck = "One family, three generations and a single wooden boat"
    page = story("Old pier to close after vote", deck, "Share", LEAD, BODY, LAST)
    assert roles(page)[:3] == ["headline", "headline", "furniture"]  # it is above the button


def test_a_line_of_by_with_the_words_of_the_story_is_a_headline() -> None:
    money = "The board saves money by sinking two ferries, it said, and all will grant that."
    title = "By Sinking Ferries, Board Saves Money"
    assert roles(story(title, "By Maja Orlo", LEAD, money)) == [
        "headline",
        "byline",
        "lead",
        "body",
    ]
    assert roles(story("Pier closes in June", "By Will Grant", LEAD, money))[1] == "byline"


@pytest.mark.parametrize(
    "text_of",
    [
        lambda count: story(
            *["By Sinking Ferries Boarding"] * count, "sinkingx ferriesx boardingx " * count
        ),
        lambda count: story(
            "Pier closes in June",
            "By Bo Ek",
            *[f"Bo Ek Vik{number} sails all ferries of the coast." for number in range(count)],
        ),
    ],
)
def test_time_is_linear_in_bylines_and_paragraphs_about_their_authors(
    text_of: Callable[[int], str],
) -> None:
    def read(count: int) -> None:
        split(Article(id="a", text=text_of(count), language="en"))

    read(100)
    assert is_linear(read, size(2_000, 6_000))


def test_a_name_above_a_byline_is_no_byline() -> None:
    assert roles(story("Custom Pier Schemas", "By Bo Ek", LEAD, BODY))[:2] == ["headline", "byline"]
    assert roles(story("Pier closes in June", "By Bo Ek", "Editor's Note", LEAD))[2] == "note"


def test_a_caption_that_stands_again_with_its_credit() -> None:
    caption = "The church of St Ek stands above the harbour of Lindholm."
    text = story("Pier closes in June", caption, f"{caption} Photograph: Port Stock", LEAD, BODY)
    assert roles(text) == ["headline", "caption", "caption", "lead", "body"]


def test_labels_that_differ_are_no_speakers() -> None:
    items = (
        "Pier walk: Nobody has to pay, and all captains of the harbour will come along.",
        "Ferry day: The board will show its new ferries to the public for the first time.",
        "Harbour market: Sellers from Brunnvik are expected to come with fish and bread.",
    )
    assert (
        by_text(story(LEAD, "Next week", *items, "On the water", BODY))["On the water"] == "subhead"
    )
    said = ("Maja: We agree with the board.", "Bo: We do not.", "Maja: Who asked the captains?")
    assert by_text(story(LEAD, *said, "On the water", BODY))["On the water"] == "body"


def test_the_fields_of_an_export_with_bars() -> None:
    head = ("Pier closes", "June 3, 2021 | Port Post, The", "Author/Byline: Maja Orlo | Page: 3")
    text = story(*head, "Read News Document", f"LINDHOLM — {LEAD}", BODY)
    assert roles(text) == ["headline", "note", "byline", "furniture", "lead", "body"]
    article = Article(id="a", text=text)
    assert complete(article, split(article)).authors == ("Maja Orlo",)


def test_the_credit_of_a_picture_with_a_house_that_is_no_agency() -> None:
    text = story(LEAD, BODY, "Bo Ek/Port Sports Now", LAST, "Life/Style", BODY)
    assert by_text(text)["Bo Ek/Port Sports Now"] == "credit"
    assert by_text(text)["Life/Style"] == "subhead"


def test_an_author_above_a_handle_in_the_head_of_a_page() -> None:
    head = ("Old pier to close", "Share", "Bo Ek", "@boek", "Post Writer")
    assert by_text(story(*MENU, *head, LEAD, BODY, LAST, *FOOTER))["Bo Ek"] == "byline"


def test_other_stories_far_below_the_story_of_a_page() -> None:
    rows = ("Read next", "Crane cleared of falling over")
    page = story(*MENU, "Old pier to close", LEAD, BODY, LAST, *FOOTER, *rows, *FOOTER)
    assert [by_text(page)[row] for row in rows] == ["related"] * 2
    page = story(*MENU, "Old pier to close", LEAD, BODY, LAST, *FOOTER, *MENU, *MENU, *rows)
    assert [by_text(page)[row] for row in rows] == ["furniture"] * 2


def test_labels_in_title_case_are_subheads() -> None:
    text = story(LEAD, "This Week:", BODY, "She Said:", LAST)
    assert by_text(text)["This Week:"] == "subhead"
    assert by_text(story(LEAD, "She said:", f'"{BODY}"'))["She said:"] == "body"


def test_links_to_tags_are_furniture() -> None:
    tags = "\n".join(
        f"- [{name}](https://port.example/{path})"
        for name, path in (("Pier life", "news/?tags=pier"), ("Boats", "tag/boats"))
    )
    text = story("# Pier closes in June", LEAD, BODY, tags, LAST)
    assert roles(text, format="markdown")[3:] == ["furniture", "furniture", "body"]
    release = text.replace("tag/boats", "releases/tag/v2")
    assert roles(release, format="markdown")[4] == "list"


def test_the_numbers_of_a_contact_below_the_story_of_a_page() -> None:
    contact = ("Contact details", "+44 20 7989 0813", "maja.orlo@port.example")
    found = by_text(
        story(*MENU, "Old pier to close", LEAD, BODY, LAST, *FOOTER[:2], *contact, *FOOTER)
    )
    assert [found[line] for line in contact] == ["note"] * 3


def test_capitals_say_nothing_in_a_text_of_capitals() -> None:
    title = "FERRY CAPTAINS SAY THAT NOBODY HAD ASKED THEM"
    text = story("PIER CLOSES", LEAD.upper(), BODY.upper(), title, LAST.upper())
    assert by_text(text)[title] != "related"
    assert by_text(story("Pier closes", LEAD, BODY, title, LAST))[title] == "related"


OWN = "Harbour board closes its old pier"
GOES_ON = (
    "The captains of the ferries asked the harbour board to wait until the old pier is closed.",
    "The board closed the pier on Tuesday, its chair said, and no ferry has called there since.",
    "Next year the harbour board will ask the captains of the ferries for what they want there.",
)
OTHERS = ("Crane falls over the railway at Brunnvik", "Swans return to all parks this spring")


def test_a_story_goes_on_below_links_and_adverts() -> None:
    links = ("Read more", *OTHERS, "Sponsored", "Ten mattresses that make mornings better")
    text = (LEAD + " " + BODY, PARAGRAPH)
    found = by_text(story(OWN, *text, *links, *GOES_ON, "Share", "Most Read", *FOOTER))
    assert [found[one] for one in GOES_ON] == ["body"] * 3
    assert [found[one] for one in links[:3]] == ["related"] * 3
    assert found["Most Read"] == found["Site map"] == "furniture"


def test_other_paragraphs_below_the_links_of_a_page_are_no_part_of_the_story() -> None:
    other = (
        "Mattresses made of wool keep sleepers warm through every winter night, shops insist.",
        "Buyers of mattresses get cushions, blankets and slippers without paying anything more.",
    )
    page = story(OWN, LEAD + " " + BODY, PARAGRAPH, *FOOTER, *other, *FOOTER, *FOOTER)
    found = split(Article(id="a", text=page))
    assert found[3].role.value == "furniture"


def test_a_label_between_paragraphs_leads_to_the_titles_below_it() -> None:
    text = story(OWN, LEAD, "Read more", *OTHERS, BODY, LAST)
    assert roles(text)[2:] == ["related", "related", "related", "body", "body"]
    long = "Swans return to all parks of Sweden this spring"
    assert roles(story(OWN, LEAD, "Read more", long, BODY, LAST))[3] == "related"
    items = (OWN, LEAD, "Read more", "How the captains wait", BODY, "Read more", OTHERS[1], LAST)
    assert roles(story(*items))[3::3] == ["subhead", "subhead"]
    box = ("'A new front opens'", "Maja Orlo, Port reporter")
    assert roles(story(OWN, LEAD, "Read more", *box, BODY, LAST))[3:5] != ["related"] * 2


def test_a_long_subhead_is_a_link_only_between_the_menus_of_a_page() -> None:
    title = "Swans return to all parks of Sweden this spring"
    whole = (*MENU, OWN, LEAD, BODY, title, LAST, PARAGRAPH, *FOOTER, *FOOTER)
    assert by_text(story(*whole))[title] == "related"
    assert by_text(story(OWN, LEAD, BODY, title, LAST, PARAGRAPH, *FOOTER))[title] == "subhead"


def test_a_caption_whose_credit_is_cut_off() -> None:
    caption = "The old pier in winter ("
    assert roles(story(OWN, LEAD, caption, "Image:", "Getty Images)", BODY, LAST))[2] == "caption"
    assert roles(story(OWN, LEAD, "depth = measure(", BODY, LAST))[2] == "body"
    assert roles(story(OWN, LEAD, "create table PIERS (", "depth int(11)", BODY))[2] != "caption"


def test_quotations_with_who_says_them_are_subheads() -> None:
    heads = ("‘It was too low’: Port Watch", "‘Nobody had asked us’: Lindholm Ferries")
    text = story(OWN, LEAD, heads[0], BODY, heads[1], LAST)
    assert [by_text(text)[head] for head in heads] == ["subhead", "subhead"]
    assert by_text(story(OWN, LEAD, heads[0], BODY, LAST))[heads[0]] == "body"


def test_lines_among_the_labels_of_items_are_subheads() -> None:
    ports = ("Lindholm", "Brunnvik", "Port Ellery", "Kalmar", "Visby", "Lindholm")
    told = [f"{port}: The board closes the pier and tells the captains so." for port in ports]
    head = "Ferries and their captains"
    assert by_text(story(OWN, LEAD, *told[:3], head, *told[3:], BODY))[head] == "subhead"
    said = [f"{name}: We closed the pier and told the captains so." for name in ("Orlo", "Ek") * 3]
    assert by_text(story(OWN, LEAD, *said[:3], head, *said[3:], BODY))[head] == "body"


def test_a_place_or_an_agency_alone_above_the_lead() -> None:
    assert roles(story("LINDHOLM, Sweden —", LEAD, BODY)) == ["note", "lead", "body"]
    assert roles(story("LINDHOLM COLLEGE —", LEAD, BODY))[0] == "headline"
    assert roles(story(OWN, "AFP, LINDHOLM", LEAD, BODY))[1] == "byline"


@pytest.mark.parametrize(
    "byline",
    [
        "byMaja Orlo",
        "Maja Orlo2 hours ago",
        "Maja Orlo@MajaOrlo",
        "Maja OrloPort Editor",
        "By\n\nMaja OrloPort Editor",
    ],
)
def test_the_parts_of_a_byline_that_a_page_runs_together(byline: str) -> None:
    article = Article(id="a", text=story(OWN, byline, LEAD, BODY))
    passages = split(article)
    assert {one.role.value for one in passages[1:-2]} == {"byline"}
    assert complete(article, passages).authors == ("Maja Orlo",)


def test_a_headline_of_two_sentences_stands_above_its_date() -> None:
    head = "Ferries stay away from the pier. Here is why 'nobody had asked them,' a captain says"
    dated = roles(story("Port Money", head, "March 4, 2021", LEAD, BODY))
    assert dated[1:] == ["headline", "note", "lead", "body"]
    assert roles(story("Port Money", f"{head}.", LEAD, BODY))[1] == "lead"
    post = f"{LEAD} {BODY} Read of it at port.example/pier"
    assert roles(story("Port Money", post, "March 4, 2021", LEAD))[1] == "lead"


def test_a_headline_that_ends_with_a_job_stands_above_its_byline() -> None:
    for head in ("Harbour Chart Editor", "Gunmen Kill Reporter"):
        text = story('"The Port Post"', head, "By Maja Orlo", LEAD, BODY)
        assert roles(text)[1:3] == ["headline", "byline"]
        assert roles(story(OWN, head, "By Maja Orlo", LEAD, BODY))[1:3] == ["headline", "byline"]
    assert roles(story(OWN, "Maja Orlo Port Editor", LEAD, BODY))[1] == "byline"


def test_highlights_end_at_the_credit_of_a_picture() -> None:
    told = ("The pier is closed, and no ferry calls there.", "The captains were not asked at all.")
    page = story(OWN, "Key Points", *told, "Tomas Vik | Getty Images", LEAD, BODY)
    assert roles(page) == ["headline", "list", "list", "list", "credit", "lead", "body"]


def test_a_name_and_its_house_above_the_story_of_a_page() -> None:
    page = (*MENU, OWN, "1 day ago", "Share", "Save", "Maja Orlo", "Port News", LEAD, PARAGRAPH)
    found = by_text(story(*page, *FOOTER))
    assert (found["Maja Orlo"], found["Port News"]) == ("byline", "byline")
    alone = (*MENU, OWN, "1 day ago", "Share", "Save", "Maja Orlo", LEAD, PARAGRAPH, *FOOTER)
    assert by_text(story(*alone))["Maja Orlo"] != "byline"


def test_labels_that_a_page_runs_into_titles() -> None:
    found = by_text(
        story(
            *(OWN, LEAD + " " + BODY, PARAGRAPH, "Share"),
            *(f"Previous article{OTHERS[0]}", f"Next article{OTHERS[1]}"),
            *("Related articlesMore from author", *OTHERS, *FOOTER),
        )
    )
    assert found[f"Previous article{OTHERS[0]}"] == "furniture"
    assert [found[other] for other in OTHERS] == ["related", "related"]
    assert roles(story(OWN, LEAD, BODY, "Explore further", OTHERS[0]))[3:] == ["related"] * 2
