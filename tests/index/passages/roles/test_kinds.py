"""Kinds of lines that pages, exports and releases have around a story. All texts are invented."""

import pytest

from linear import is_linear
from nutgraf import Article, split
from nutgraf_index.passages.split import complete
from scale import size

LEAD = "The harbour board voted on Tuesday to close the old pier, its chair said."
BODY = "Ferries will call at Brunnvik until the work is done in June next year."
LAST = "Nobody had asked the captains of the ferries before the vote was taken."


def story(*blocks: str) -> str:
    return "\n\n".join(blocks)


def roles(text: str, **known: str) -> list[str]:
    return [one.role.value for one in split(Article(id="a", text=text, **known))]  # type: ignore[arg-type]


def completed(text: str) -> Article:
    article = Article(id="a", text=text)
    return complete(article, split(article))


ROWS = (
    "Aug 15, 2025",
    "Captain cleared of running her ferry aground",
    "Aug 12, 2025",
    "Harbour board finds a buyer for the old crane",
)


def test_titles_with_dates_in_a_menu_are_neither_headline_nor_date() -> None:
    page = story(
        "Harbour Board > Newsroom > News Releases",
        *("Skip to main content", "Home", "About Us", "Careers", "Contact Us", "More News"),
        *ROWS,
        *("News Releases", LEAD, BODY, LAST, BODY, LAST),
        *("Share", "View All", *ROWS, "Privacy Policy", "Contact Us"),
    )
    found = roles(page)
    first = found.index("lead")
    assert set(found[:first]) == set(found[first + 5 :]) == {"furniture"}
    article = completed(page)
    assert (article.title, article.date) == ("", "")


def test_a_date_of_its_own_above_the_story_is_that_of_the_story() -> None:
    menu = ("Home", "About Us", "Contact Us", "Share")
    page = story(*menu, "Old pier to close", ROWS[0], LEAD, BODY)
    assert completed(page).date == "2025-08-15"


@pytest.mark.parametrize(
    ("field", "authors", "source"),
    [
        ("Byline:\u00a0Maja Orlo", ("Maja Orlo",), ""),
        ("Byline:\u00a0By Maja Orlo, CNN", ("Maja Orlo",), "CNN"),
        ("BYLINE: Maja Orlo and Bo Ek, AP Port Writer", ("Maja Orlo", "Bo Ek"), "AP"),
    ],
)
def test_the_byline_of_a_database_above_its_label(
    field: str, authors: tuple[str, ...], source: str
) -> None:
    text = story("Old pier to close at Lindholm", "Length: 515 words", field, "Body", LEAD, BODY)
    assert roles(text) == ["headline", "note", "byline", "note", "lead", "body"]
    article = completed(text)
    assert (article.title, article.authors, article.source) == (
        "Old pier to close at Lindholm",
        authors,
        source,
    )


def test_a_writer_with_a_job_is_no_headline_of_a_page() -> None:
    page = story(
        *("Higher education", "Old pier to close at Lindholm after sixty years of ferries"),
        *("Maja Orlo Education editor", "Mon 20 Jan 2020 06.05 GMT"),
        *("Share on Facebook", "Share on Twitter", "Share via Email", LEAD, BODY, LAST),
    )
    found = roles(page)
    assert found[1:3] == ["headline", "byline"]
    assert completed(page).title.startswith("Old pier to close")


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("HARBOUR BOARD VOTES TO CLOSE OLD PIER AT LINDHOLM", "related"),
        ("Harbour vote:Who paid for the old pier", "related"),
        ("Outbreak:A look inside the ferry in quarantine", "related"),
        ("(Also on Port Talk: Who paid for the pier)", "related"),
        (
            "JUST WATCHED Ferries leave Replay More Videos ... MUST WATCH Ferries leave 01:53",
            "furniture",
        ),
        ("Support Port Post’s journalism", "furniture"),
        ("Visit the Port Post's homepage for more stories.", "furniture"),
        ("BOARD STUMBLES", "subhead"),
        ("Harbour vote: Who paid for the old pier", "body"),
        ("Maja Orlo:Who paid for the old pier", "subhead"),
        ("Pier shares ST:GCQ19 rose", "subhead"),
        ("At 10:Captains wait for the tide", "subhead"),
    ],
)
def test_titles_of_other_stories_between_paragraphs(line: str, role: str) -> None:
    found = roles(story(LEAD, BODY, line, LAST, BODY))
    assert found == ["lead", "body", role, "body", "body"]


def test_a_long_line_in_capitals_among_short_ones_is_a_subhead() -> None:
    long = "CAPTAINS HURRY BACK TO THE OLD PIER AT LINDHOLM"
    text = story(LEAD, "FISH", BODY, long, LAST, "THE BOARD", BODY)
    assert roles(text)[1::2] == ["subhead"] * 3


HEADLINE = "Harbour board votes to close the old pier"


@pytest.mark.parametrize(
    ("lines", "authors", "source"),
    [
        (["Maja Orlo"], ("Maja Orlo",), ""),
        (["Bo Ek, Reuters"], ("Bo Ek",), "Reuters"),
        (["Maja Orlo and Bo Ek"], ("Maja Orlo", "Bo Ek"), ""),
        (["Maja Orlo", "Port Bulletin Staff Writer"], ("Maja Orlo",), "Port Bulletin"),
    ],
)
def test_names_between_the_headline_and_the_story(
    lines: list[str], authors: tuple[str, ...], source: str
) -> None:
    text = story(HEADLINE, *lines, LEAD, BODY)
    assert roles(text) == ["headline", *["byline"] * len(lines), "lead", "body"]
    article = completed(text)
    assert (article.title, article.authors, article.source) == (HEADLINE, authors, source)


@pytest.mark.parametrize(
    "line",
    [
        "Nine Captains And Three Ferry Crews",
        "Ferry Captain Cleared Of Charges and Crew Of Old Pier Freed",
        "Lindholm Harbour Board",
        "Ferries will call at Brunnvik",
        "New York",
    ],
)
def test_decks_and_places_between_the_headline_and_the_story(line: str) -> None:
    text = story(HEADLINE, line, LEAD, BODY)
    assert "byline" not in roles(text)
    assert completed(text).authors == ()


def test_a_headline_that_is_a_sentence_above_the_byline() -> None:
    text = story("The pier was ruled by goats. Now it is back.", "By Maja Orlo", LEAD, BODY)
    assert roles(text) == ["headline", "byline", "lead", "body"]
    assert roles(text, title="Pier") == ["headline", "byline", "lead", "body"]


def test_a_headline_and_a_deck_that_are_sentences_above_the_byline() -> None:
    deck = "The island makes a quick comeback. What is its secret?"
    text = story("The pier was ruled by goats. Now it is back.", deck, "By Maja Orlo", LEAD, BODY)
    assert roles(text) == ["headline", "headline", "byline", "lead", "body"]
    # Without a byline they are the story, and a place far below it opens none.
    text = story(HEADLINE, LEAD, BODY, LAST, "MONGOLIA -- CULTURE; MONGOLIA -- HISTORY")
    assert roles(text) == ["headline", "lead", "body", "body", "note"]


@pytest.mark.parametrize("line", ["By Maja Orlo, Port News", "By Maja Orlo and Bo Ek"])
def test_the_byline_of_a_part(line: str) -> None:
    text = story(LEAD, BODY, "Captains angry", line, LAST, BODY)
    assert roles(text) == ["lead", "body", "subhead", "byline", "body", "body"]
    assert completed(text).authors == ()


@pytest.mark.parametrize("line", ["By 2030", "By the numbers", "By land and sea"])
def test_what_begins_with_by_and_is_no_byline(line: str) -> None:
    assert roles(story(LEAD, BODY, line, LAST))[2] != "byline"


@pytest.mark.parametrize(
    "line", ["For more of the pier see https://port.example/pier", "Write to captain@port.example"]
)
def test_a_line_with_an_address_heads_nothing(line: str) -> None:
    assert roles(story(LEAD, BODY, line, LAST)) == ["lead", "body", "body", "body"]


def test_sites_of_a_house_in_the_tail_make_no_page() -> None:
    text = story(
        *(HEADLINE, LEAD, BODY, LAST, "Follow Port Ferries:"),
        *("Twitter: https://twitter.com/ports", "Facebook: https://www.facebook.com/ports"),
        *("LinkedIn: https://www.linkedin.com/company/ports", "Media contact:", "Maja Orlo"),
        *("Port Ferries", "+46 555 123456"),
    )
    assert roles(text)[4:] == ["furniture"] * 4 + ["note"] * 4


def test_the_code_of_a_dispatch_is_a_note() -> None:
    text = story("W2870\x1fasian", HEADLINE, "By Maja Orlo", LEAD, BODY)
    assert roles(text) == ["note", "headline", "byline", "lead", "body"]


def test_captions_of_a_gallery() -> None:
    captions = ("Captains wait for the tide in Lindholm.", "The mayor greets the captains.")
    credits = ("Photograph by Tomas Vik, Port Post", "Photograph by Bo Ek, Port Post")
    pictures = [block for pair in zip(captions, credits, strict=True) for block in pair]
    text = story(LEAD, BODY, *pictures, LAST, BODY)
    assert roles(text) == ["lead", "body", *["caption", "credit"] * 2, "body", "body"]


def test_a_quotation_above_the_credit_of_a_picture_is_of_the_story() -> None:
    quoted = '"We were not asked," said Orlo.'
    credits = ("Photograph by Tomas Vik, Port Post", "Photograph by Bo Ek, Port Post")
    text = story(LEAD, quoted, credits[0], BODY, quoted, credits[1], LAST)
    assert roles(text) == ["lead", "body", "credit", "body", "body", "credit", "body"]


def test_a_description_with_its_day_above_the_story_is_a_caption() -> None:
    caption = "Ferries wait for the tide at the old pier in Lindholm, on March 4, 2021."
    assert roles(story(HEADLINE, caption, LEAD, BODY)) == ["headline", "caption", "lead", "body"]
    opening = "The old pier in Lindholm was closed by the harbour board, on March 4, 2021."
    assert roles(story(HEADLINE, opening, BODY, LAST))[1] == "lead"


BIOS = (
    "Maja Orlo is an associate professor of harbours at Lindholm University.",
    'Maja Orlo, a captain for years, is the author of "Piers of the North".',
    "Maja Orlo is the host of “Port Talk” on Lindholm Radio.",
)


@pytest.mark.parametrize("bio", BIOS)
def test_who_wrote_is_told_by_a_name_that_the_story_does_not_have(bio: str) -> None:
    assert roles(story(LEAD, BODY, LAST, BODY, bio))[-1] == "note"
    named = "Nobody had asked the captains, Ms. Orlo said on Monday."
    assert roles(story(LEAD, BODY, named, BODY, bio))[-1] == "body"
    assert roles(story(LEAD, BODY, bio, LAST, BODY))[2] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Ek reported from Lindholm, and Orlo from Brunnvik. Port News reporters contributed.",
        "Port News writer Bo Ek contributed from Brunnvik.",
    ],
)
def test_where_reporters_reported_from(line: str) -> None:
    assert roles(story(LEAD, BODY, LAST, line))[-1] == "credit"


def test_the_header_of_a_dispatch_is_a_note() -> None:
    lines = ("f l\x13\x11 BC-LT--Lindholm-Pier     11-13 1049", "^BC-10 Things to Know, 364<")
    text = story("W2870\x1fasian", *lines, HEADLINE, "By Maja Orlo", LEAD, BODY)
    assert roles(text) == ["note"] * 3 + ["headline", "byline", "lead", "body"]


def test_whom_to_call_about_a_release_below_its_label() -> None:
    contact = ("Contact:", "Maja Orlo", "Port Ferries", "+46 555-123-4567", "orlo@port.example")
    sites = ("Privacy Policy", "Share", "Sign up for the harbour letter", "Advertisement")
    found = roles(story(LEAD, BODY, LAST, *contact, *sites))
    assert found[3:8] == ["note"] * 5
    assert set(found[8:]) == {"furniture"}


def test_words_with_soft_hyphens_are_read() -> None:
    lead = "Thou\u00adsands of cap\u00adtains lined up to beat the month-end crowds at the pier."
    text = story(HEADLINE, "By Ma\u00adja Or\u00adlo", lead, "Adver\u00adtise\u00adment", BODY)
    assert roles(text) == ["headline", "byline", "lead", "furniture", "body"]


@pytest.mark.parametrize("label", ["Article by", "By", "Written by:"])
def test_a_name_in_the_line_below_its_label(label: str) -> None:
    text = story(HEADLINE, label, "Maja Orlo", LEAD, BODY)
    assert roles(text) == ["headline", "byline", "byline", "lead", "body"]
    assert completed(text).authors == ("Maja Orlo",)


def test_links_with_labels_in_capitals_beside_a_video() -> None:
    lines = ("A SIMPLE GUIDE: How do I sail?", "AT SEA: The life of captains")
    more = [LAST, BODY] * 6
    text = story(LEAD, BODY, *lines, "VIDEO: Ferries leave the pier", *more)
    assert roles(text)[:6] == ["lead", "body", *["related"] * 3, "body"]
    text = story(LEAD, BODY, *lines, *more)
    assert "related" not in roles(text)


@pytest.mark.parametrize("names", [("maja orlo", "bo ek"), ("Maja Orlo", "Bo Ek")])
def test_the_speakers_of_a_transcript_head_what_they_say(names: tuple[str, str]) -> None:
    asked, answered = names
    talk = [block for _ in range(3) for block in (asked, "Were you asked?", answered, BODY)]
    found = split(Article(id="a", text=story(LEAD, *talk)))
    said = ["subhead", "body", "subhead", "body"] * 3
    assert [one.role.value for one in found] == ["lead", *said]
    assert [one.heading for one in found[1:5]] == ["", asked, "", answered]


def test_labels_that_head_a_paragraph_each() -> None:
    labels = ("Car-making plants:", "Ferry ports:", "Fish markets:")
    text = story(LEAD, BODY, *(block for label in labels for block in (label, BODY)))
    assert roles(text)[2::2] == ["subhead"] * 3
    text = story(LEAD, BODY, labels[0], BODY, "The board adds:", LAST)
    assert roles(text)[2::2] == ["body"] * 2


@pytest.mark.parametrize(
    "blocks",
    [
        (BODY, "HARBOUR BOARD VOTES TO CLOSE THE OLD PIER AT LINDHOLM"),
        (BODY, "Ferry ports:"),
        (BODY, "Photo by Tomas Vik, Port Post"),
        ("Aug 12, 2025", "Captain cleared of running aground"),
        ("maja orlo", BODY, "bo ek", BODY),
    ],
)
def test_the_time_is_linear(blocks: tuple[str, ...]) -> None:
    """Each of these took a minute when every line was compared with all others."""

    def read(count: int) -> None:
        split(Article(id="a", text=story(*blocks * (count // len(blocks)))))

    assert is_linear(read, size(4_000, 20_000))


MENU = ("Home", "About Us", "Careers", "Contact Us", "Log in", "Newsletters")
FOOTER = ("Privacy Policy", "Terms of Use", "Contact Us")
COMMENTS = ("Bo Ek", "I liked the old pier.", "Ann Vik", "So did I, and my dog did too.")


@pytest.mark.parametrize("label", ["Comments", "27 Comments", "See all comments (27)", "REPLIES"])
def test_what_readers_say_below_a_story_is_furniture(label: str) -> None:
    page = story(*MENU, "Old pier to close at Lindholm", LEAD, BODY, LAST, label, *COMMENTS)
    found = roles(page)
    first = found.index("lead")
    assert found[first:] == ["lead", "body", "body", *["furniture"] * 5]


def test_a_row_of_buttons_that_counts_comments_ends_no_story() -> None:
    page = story(*MENU, "Old pier to close", LEAD, BODY, "27 Comments", LAST, BODY, LAST, BODY)
    found = roles(page)
    first = found.index("lead")
    assert found[first:] == ["lead", "body", "furniture", *["body"] * 4]


def test_titles_with_a_sentence_each_below_a_label_are_furniture() -> None:
    rows = (
        *("Captain cleared after her ferry ran aground", "She had slept for an hour."),
        *("Harbour board finds a buyer for the old crane", "He paid a crown."),
        *("Seals return to the outer harbour", "There are nine of them."),
        *("Ferry fares rise in the spring", "A ticket costs two crowns."),
    )
    opening = ("Old pier to close at Lindholm", LEAD, BODY, LAST)
    page = story(*MENU, *opening, "Recommended for you", *rows, *FOOTER)
    found = roles(page)
    first = found.index("lead")
    assert found[first : first + 3] == ["lead", "body", "body"]
    assert set(found[first + 3 :]) <= {"furniture", "related"}
    # Without menus and footers, headings with a sentence each are the story.
    text = story(*opening, *rows)
    assert roles(text)[4:] == ["subhead", "body"] * 4


def test_letterhead_and_where_somebody_spoke_are_notes() -> None:
    text = story(
        *("Talk with harbour master Maja Orlo on the way to Brunnvik", "THE PORT HOUSE"),
        *("Office of the Harbour Master", "For Immediate Release", "PRESS TALK BY MAJA ORLO"),
        *("Aboard the ferry Lindholm", "9:02 A.M. EDT"),
        "MS. ORLO: Good morning everybody, and thank you for coming along to the pier.",
        "MR. EK: Will the pier close before June?",
        "MS. ORLO: Nobody has told me that it would, and I asked twice.",
    )
    assert roles(text)[:7] == ["headline", "note", "note", "note", "headline", "note", "note"]


def test_a_headline_right_above_a_time_stays_one() -> None:
    text = story("Lindholm", "Old pier to close after sixty years", "9:02 a.m.", LEAD, BODY)
    assert roles(text) == ["note", "headline", "note", "lead", "body"]


def test_numbered_sentences_with_a_paragraph_each_are_subheads() -> None:
    heads = ("1. Ask the captain.", "2. Count the berths.", "3. Look at the tide.")
    text = story("Old pier to close", LEAD, heads[0], BODY, heads[1], LAST, heads[2], BODY)
    assert roles(text) == ["headline", "lead", *["subhead", "body"] * 3]
    # Below the last item of a list the text goes on, and an item may be as long as what follows.
    text = story("Old pier to close", LEAD, "\n".join(heads), BODY)
    assert roles(text) == ["headline", "lead", *["list"] * 3, "body"]


def test_addresses_below_a_colon_are_its_list() -> None:
    text = story(
        LEAD, BODY, "Here are a few links about the pier:", "www.port.example/a\n\nport.example"
    )
    assert roles(text.replace("\n\nport", "\n\nwww.port"))[2:] == ["body", "list", "list"]


def test_bare_values_of_fields_and_the_page_of_a_paper_are_notes() -> None:
    text = story(
        "910514", "Old pier to close at Lindholm", LEAD, BODY, "The Port Times", "Lindholm Page 22"
    )
    assert roles(text) == ["note", "headline", "lead", "body", "note", "note"]


def test_a_line_beside_itself_again_and_again_is_furniture() -> None:
    again = "This post was taken away"
    text = story("Old pier to close", LEAD, again, again, BODY, again, again, LAST)
    assert roles(text) == [
        *("headline", "lead", "furniture", "furniture", "body", "furniture", "furniture", "body")
    ]


def test_names_with_a_price_head_paragraphs() -> None:
    text = story("Four ferry games", LEAD, "“Pier Nine” ($30)", BODY, "“Berth” ($20)", LAST)
    assert roles(text) == ["headline", "lead", "subhead", "body", "subhead", "body"]
    text = story("Old pier to close", LEAD, "“Nobody asked us”, she said", BODY)
    assert roles(text)[2] == "body"


def test_lines_with_a_dash_are_a_list_below_a_colon_only() -> None:
    rows = (
        "— Lindholm: Bo Ek, Ann Vik and Maja Orlo.",
        "— Brunnvik: nobody came.",
        "— Ekholm: Tove Ek.",
    )
    text = story("Old pier to close", LEAD, "Those who spoke, by town:", *rows, BODY)
    assert roles(text) == ["headline", "lead", "body", *["list"] * 3, "body"]
    text = story("Old pier to close", LEAD, "They talked at the pier for an hour.", *rows, BODY)
    assert "list" not in roles(text)


def test_paragraphs_that_begin_with_links_below_a_heading_are_a_list() -> None:
    rows = [
        f"[Ferry {name}](https://port.example/{name}) calls at Brunnvik. It is new."
        for name in "abc"
    ]
    text = story("# Harbour letter", LEAD, "## New ferries", *rows, "## Old ones", BODY)
    found = roles(text, format="markdown")
    assert found == ["headline", "lead", "subhead", *["list"] * 3, "subhead", "body"]
    text = story("# Harbour letter", LEAD, BODY, *rows)
    assert "list" not in roles(text, format="markdown")


@pytest.mark.parametrize(
    "desk", ["-- Lindholm newsroom +46 171 542 7930", "((Lindholm newsroom 416 941-8100))"]
)
def test_the_desk_below_a_dispatch_is_furniture(desk: str) -> None:
    assert roles(story(LEAD, BODY, LAST, desk)) == ["lead", "body", "body", "furniture"]
    rows = (
        "Harbour office 46 171 542",
        "Ferry office +46 171 542 7930",
        "Fish hall +46 171 542 7931",
    )
    assert "furniture" not in roles(story(LEAD, BODY, "Numbers to know:", *rows))


def test_a_long_line_of_names_with_a_colon_opens_a_story() -> None:
    opening = (
        "Harbour Master Maja Orlo, Vice Chairman of the Lindholm Ferry Conference, made the "
        "following statement Tuesday on Mayor Bo Ek's Address to the Council of the Town:"
    )
    text = story("ORLO: PIER CLOSES IN JUNE", opening, f'"{LEAD}"', BODY)
    assert roles(text) == ["headline", "lead", "body", "body"]


def test_the_question_of_a_transcript_opens_it() -> None:
    text = story(
        *("PRESS TALK BY MAJA ORLO", "9:02 A.M. EDT", "Q Will the pier close in June?"),
        *("MS. ORLO: It will.", "Q And the ferries?", "MS. ORLO: They will sail.", BODY),
    )
    assert roles(text)[:4] == ["headline", "note", "lead", "body"]


def test_a_number_in_a_line_of_its_own_stands_apart() -> None:
    wrapped = (
        "The harbour board voted on Tuesday to close the old pier, and nobody had\n"
        "asked the captains of the ferries."
    )
    text = f"PT911-4\n\n910514\nPT  14 MAY 91 / Old pier to close\n\n{wrapped}\n\n{wrapped}"
    assert [(one.text, one.role.value) for one in split(Article(id="a", text=text))][1] == (
        "910514",
        "note",
    )


MAIL = (
    "From: Maja Orlo <maja@port.example>\n"
    "Subject: The old pier\n"
    "\n"
    "On Monday, March 1, 2021, at 10:30 AM, Bo Ek wrote:\n"
    "> The board has voted to close the old pier, and nobody has\n"
    "> asked the captains of the ferries.\n"
    ">\n"
    "> What will they do?\n"
    "\n"
    "They will call at Brunnvik until the work is done.\n"
    "\n"
    "Maja\n"
    "\n"
    "_______________________________________________\n"
    "Harbour-users mailing list\n"
    "Harbour-users@port.example\n"
    "https://port.example/lists/users\n"
)


def test_what_a_mail_quotes_is_text_and_its_footer_is_none() -> None:
    assert roles(MAIL) == ["note", "lead", "body", "body", "body", "byline", *["furniture"] * 3]


def test_a_name_signs_a_mail_of_its_sender_only() -> None:
    assert "byline" not in roles(MAIL.replace("\nMaja\n", "\nTomas\n"))


@pytest.mark.parametrize("sender", ["Ferry News Weekly", "The Harbour Board"])
def test_a_subhead_with_words_of_the_sender_is_no_byline(sender: str) -> None:
    heads = ("Ferry News", "Ferry Weekly", "The Board", "Harbour", "Ferry")
    mail = story(f"From: {sender} <news@port.example>\nSubject: The week", "Dear readers,", LEAD)
    for head in heads:
        assert roles(story(mail, BODY, head, LAST))[-2] == "subhead"


@pytest.mark.parametrize("name", ["Maja", "Orlo", "Maja Orlo", "-- Maja"])
def test_the_sender_of_a_mail_signs_it_with_a_part_of_the_name(name: str) -> None:
    mail = "From: Maja Orlo <maja@port.example>\nSubject: The old pier"
    assert roles(story(mail, LEAD, BODY, name))[-1] == "byline"


def test_below_read_more_stands_no_quotation() -> None:
    teasers = (
        "> Ferries sail from Lindholm again after a week of storms that closed the harbour for all",
        "> A captain retires at last",
    )
    found = roles(story(LEAD, BODY, "Read more:", *teasers))
    assert found[2:] == ["related"] * 3
    signing = story(LEAD, "> Sign up for our newsletter:", BODY, "> Ferries sail\n> again.", LAST)
    assert roles(signing)[1] == "furniture"


@pytest.mark.parametrize(
    "headline",
    ["Late again? The ferries now have a board of their own", "Ice! Ferries wait at Lindholm"],
)
def test_a_first_line_without_full_stop_is_a_headline_with_a_cry_within(headline: str) -> None:
    assert roles(story(headline, LEAD, BODY)) == ["headline", "lead", "body"]
    assert roles(story(f"{headline}.", LEAD, BODY))[0] == "lead"


def test_the_lines_in_brackets_above_an_official_record_are_notes() -> None:
    record = (
        "[Congressional Record Volume 12, Number 8 (Thursday, March 4, 2021)]\n"
        "[Extensions of Remarks]\n[Pages H12-H14]"
    )
    text = story(record, "FERRY FARES", LEAD, BODY)
    assert roles(text) == ["note"] * 3 + ["headline", "lead", "body"]
    assert completed(text).title == "FERRY FARES"


@pytest.mark.parametrize("by", ["Maja Orlo, captain of a ferry", "Bo Ek, CEO of Port Rope"])
def test_who_said_the_quotation_above_heads_nothing(by: str) -> None:
    assert roles(story(LEAD, "“Nobody asked the captains of the ferries.”", by, BODY, LAST)) == [
        "lead",
        "body",
        "body",
        "body",
        "body",
    ]
    assert roles(story(LEAD, BODY, "Captains, ferries and the board", LAST))[2] == "subhead"


def test_who_wrote_a_comment_heads_nothing() -> None:
    comment = ("Bo Ek", "March 4, 2021 at 9:16 pm", "The old pier should stay where it is.")
    assert roles(story(LEAD, BODY, LAST, *comment))[3:] == ["body", "note", "body"]


def test_who_posted_a_text_may_stand_below_it() -> None:
    assert roles(story(LEAD, BODY, LAST, "Posted by Maja Orlo at 9:50 AM"))[-1] == "byline"


def test_a_bold_label_heads_the_items_below_it() -> None:
    items = "- Ferries call at Brunnvik.\n- The old pier is closed."
    label = "**What the board has decided in the last days:**"
    text = story("# Pier closes", LEAD, "The decisions include:", label, items)
    assert roles(text, format="markdown")[3:] == ["subhead", "list", "list"]
    assert roles(story("# Pier closes", LEAD, label, BODY), format="markdown")[2] == "body"


def test_the_days_of_events_speak_no_words() -> None:
    events = [
        f"March {day}, 19{day}: The ferry sailed for the first time." for day in range(11, 17)
    ]
    text = story(LEAD, BODY, "Ferries", *events[:3], "Other boats", *events[3:])
    assert roles(text) == ["lead", "body", "subhead", *["body"] * 3, "subhead", *["body"] * 3]


def test_a_title_with_the_is_no_name_of_a_paper() -> None:
    """A second line above the lead is the date of a post, and no headline below a paper's name."""
    text = story("The Weight of Old Ferries\nBy Maja Orlo", "Post Nov 5 2021, 12:50 PM", LEAD, BODY)
    assert roles(text) == ["headline", "byline", "note", "lead", "body"]
    assert completed(text).title == "The Weight of Old Ferries"


@pytest.mark.parametrize("line", ["New York", "Ferry Tales", "Old Pier", "Bo Ek"])
def test_a_last_line_in_capitals_is_no_byline(line: str) -> None:
    """It may be a place, or the answer to the sentence above."""
    assert roles(story(LEAD, BODY, "He was asked who had saved him.", line))[-1] == "body"


def test_a_name_below_many_dates_is_told() -> None:
    dates = ["March 4, 2021"] * 3000
    text = story("Board closes the old pier", *dates, "Maja Orlo", LEAD, BODY)
    assert roles(text)[-4:] == ["note", "byline", "lead", "body"]


def test_a_name_between_the_date_and_the_lead_is_the_author() -> None:
    text = story("Board closes the old pier", "March 4, 2021 2:36 PM", "Maja Van Orlo", LEAD, BODY)
    assert roles(text) == ["headline", "note", "byline", "lead", "body"]


def test_an_agency_alone_below_the_headline_is_a_byline() -> None:
    assert roles(story("Board closes the old pier", "Press Trust of India", LEAD, BODY)) == [
        "headline",
        "byline",
        "lead",
        "body",
    ]


def test_the_only_line_below_the_date_is_a_headline_though_it_begins_with_the() -> None:
    assert roles(story("March 4, 2021", "The Ferry Era?", LEAD, BODY))[:2] == ["note", "headline"]
    paper = story("March 4, 2021", "The Lindholm Post", "Pier closes at Lindholm", LEAD, BODY)
    assert roles(paper)[:3] == ["note", "note", "headline"]


def test_a_line_that_announces_what_follows_is_the_lead() -> None:
    said = "On Tuesday the board of the harbour voted on these laws:"
    assert roles(story(said, BODY, LAST), title="Three laws") == ["lead", "body", "body"]
    assert roles(story("LAWS SENT TO THE BOARD:", LEAD, BODY))[0] == "headline"


def test_who_wrote_a_post_may_stand_below_it_without_a_dash() -> None:
    post = ("Why is the ferry always late?", "Maja Orlo (@majaorlo) March 4, 2021")
    assert roles(story(LEAD, BODY, *post, LAST))[2:4] == ["body", "body"]


def test_a_question_with_its_label_heads_nothing() -> None:
    asked = ("Q - Will the ferries call at Brunnvik?", "A - They will, until June next year.")
    assert roles(story(LEAD, BODY, *asked, LAST)) == ["lead", *["body"] * 4]


def test_links_below_a_sentence_of_markdown_are_items() -> None:
    links = "- [Maja Orlo](https://port.example/1)\n- [Bo Ek](https://port.example/2)"
    text = story("# Best ferries", LEAD, "Here are the best ferries of the year.", links)
    assert roles(text, format="markdown")[-2:] == ["list", "list"]


def test_a_heading_of_markdown_may_be_a_link() -> None:
    news = ("[Pier closes](https://port.example/1)", BODY, "[A captain retires](/2)", LAST)
    text = story("# The week at the port", LEAD, *news)
    assert roles(text, format="markdown")[2:] == ["subhead", "body", "subhead", "body"]


def test_a_heading_of_one_word_above_the_lead_is_no_deck() -> None:
    text = story("# Pier closes", "March 4, 2021", "## Introduction", LEAD, BODY)
    assert roles(text, format="markdown") == ["headline", "note", "subhead", "lead", "body"]
    deck = story("# Pier closes", "March 4, 2021", "## Ferries will call at Brunnvik", LEAD, BODY)
    assert roles(deck, format="markdown")[2] == "headline"


CASE = story(
    "12 F.3d 345",
    "BO EK, Plaintiff,\nAppellant,\nv.\nTHE HARBOUR BOARD OF LINDHOLM, Defendant, Appellee.",
    "No. 21-1141.",
    "Court of Appeals,\nFirst Circuit.",
    "Tomas Vik, for appellant.",
    "Before ORLO and HOLT, Circuit Judges.",
    "ORLO, Senior Circuit Judge.",
    "1",
    "The captain asks the court to open the old pier, which the board has closed.",
    "I.",
    BODY,
)


def test_the_opinion_of_a_court_begins_below_its_judge() -> None:
    found = roles(CASE)
    assert found[:2] == ["note", "headline"]
    assert found[-5:] == ["byline", "furniture", "lead", "subhead", "body"]
    assert set(found[2:-5]) == {"note"}
    assert completed(CASE).title.startswith("BO EK, Plaintiff, Appellant, v. THE HARBOUR BOARD")


def test_the_parties_of_a_case_may_stand_apart() -> None:
    parties = ("BO EK,", "Plaintiff, Appellant,", "v.", "THE HARBOUR BOARD,", "Defendant.")
    text = story("No. 21-1141", *parties, "Tomas Vik on brief.", "Per Curiam.", LEAD, BODY)
    assert roles(text) == ["note", *["headline"] * 5, "note", "byline", "lead", "body"]


@pytest.mark.parametrize(
    "said", ["By half-time it was three to nil.", "By Maja Orlo", "Bo Ek, judge"]
)
@pytest.mark.parametrize("parties", ["Lindholm", "Lindholm,"])
@pytest.mark.parametrize("versus", ["v", "v.", "vs", "V."])
def test_a_match_or_a_part_of_a_text_is_no_case(said: str, parties: str, versus: str) -> None:
    found = roles(story("Cup final", parties, versus, "Brunnvik", LEAD, BODY, said, LAST))
    assert "note" not in (found[4], found[5], found[7])


@pytest.mark.parametrize("wrote", ["Per Curiam.", "ORLO, Senior Circuit Judge."])
def test_no_case_has_a_story_above_its_judge(wrote: str) -> None:
    parties = ("BO EK, Plaintiff,", "v.", "THE HARBOUR BOARD,", "Defendant.")
    assert "note" not in roles(story(*parties, LEAD, BODY, wrote, LAST))
    assert "note" not in roles(story(LEAD, *parties, BODY, wrote, LAST))
    clubs = ("Lindholm", "v.", "Brunnvik")
    assert "note" not in roles(story("Cup final", *clubs, LEAD, BODY, wrote, LAST))


def test_a_text_of_parts_is_no_case() -> None:
    parts = ("I.", LEAD, "II.", BODY, "III.", LAST, "IV.", BODY, "V.", LAST)
    found = roles(story("The history of the pier", *parts, "By June it was gone.", BODY))
    assert "note" not in found[2:]


def test_a_story_with_quotations_has_no_speakers() -> None:
    """The lines between them head the text."""
    said = [f'{who} said: "The ferries of Lindholm sail on every day."' for who in ("Bo", "Maja")]
    text = story(LEAD, "Ask the captain", said[0], "Book a place on board", said[1], BODY)
    assert roles(text)[1::2][:2] == ["subhead", "subhead"]


def test_a_headline_with_its_kicker_is_one_of_two() -> None:
    question = (
        "Who is the captain of the ferry that has called at Brunnvik since the war, and how many "
        "children does she have?"
    )
    text = story(question, f"HARBOUR LIFE {question}", LEAD, BODY)
    assert roles(text) == ["headline", "headline", "lead", "body"]
    assert completed(text).title == question


@pytest.mark.parametrize("above", ["On Monday the captains looked for the crew.", "Monday:"])
def test_a_paragraph_that_ends_with_the_first_is_text(above: str) -> None:
    assert roles(story("They sank.", f"{above} They sank.", BODY)) == ["lead", "body", "body"]


def test_a_label_above_a_date_heads_it() -> None:
    assert roles(story(LEAD, BODY, "Event Details:", "March 4, 2021", LAST))[2] == "subhead"


def test_labels_that_stand_often_are_no_box_at_the_end() -> None:
    """A box of what and where stands once, at the end."""
    box = ("What: A walk to the pier.", "Where: The old pier, Lindholm. Tickets: 5 crowns.")
    assert roles(story(LEAD, BODY, LAST, *box))[-1] == "note"
    walks = [line for number in range(3) for line in (f"Walk {number}", *box)]
    assert "note" not in roles(story(LEAD, BODY, LAST, *walks))


def test_a_headline_in_wrapped_text_goes_on_in_the_next_line() -> None:
    head = "Harbour Board Celebrates the Day of All Captains, and Opens a\n\nFerry Task Force\n\n"
    lines = (
        "The harbour board of Lindholm said on Tuesday that the old pier",
        "would be kept for one more year, and that ferries would call at",
        "Brunnvik until then. Nobody had asked the captains before that.",
    )
    found = roles(head + "\n".join(lines) + "\n\n" + "\n".join(lines))
    assert found[1] == "headline"
    found = roles(story("Harbour Board Opens an Office", "Maja Orlo", "\n".join(lines)))
    assert found[1] == "byline"


def test_a_headline_in_capitals_may_go_on_with_by() -> None:
    first = "HARBOUR BOARD TO PAY FOR THE LOSS OF A FERRY"
    lines = (first, "BY FAILING TO MEND THE OLD TIMBER PIER", LEAD, BODY)
    assert roles(story(*lines))[1] == "headline"
    assert roles(story(first, "BY MAJA ORLO", LEAD, BODY))[1] == "byline"


def test_a_date_that_goes_on_in_the_next_line_is_text() -> None:
    said = "On Jan. 2, 1982, Orlo left\nher ferry at the pier,"
    assert roles(story(LEAD, BODY, said, LAST))[2] == "body"
    assert roles(story(LEAD, BODY, "Jan. 2, 1982", LAST))[2] == "note"


def test_a_paragraph_with_a_year_above_who_contributed_is_text() -> None:
    told = "The board says that the ferries of the coast will grow by a tenth in 2024 and 2025."
    end = ("Bo Vik contributed reporting.", "This article has been updated.")
    assert roles(story(LEAD, BODY, told, *end))[2] == "body"


@pytest.mark.parametrize("line", ["Ferry Captains Fund", "Dear Maja", "Hello Maja"])
def test_words_that_stand_in_the_story_are_no_author(line: str) -> None:
    told = "The ferry fund of the captains pays for the pier, and dear it was."
    head = "Harbour board opens its new office"
    assert roles(story(head, line, f"{told} {BODY}", LAST))[1] != "byline"
    assert roles(story(head, "Maja Orlo", f"{told} {BODY}", LAST))[1] == "byline"


def test_words_that_stand_in_the_story_are_no_portrait() -> None:
    told = "The board says that the theft of ferry ropes is a crime that costs the harbour much."
    line = "Ferry Rope Theft -"
    assert roles(story(LEAD, BODY, line, told, LAST))[2] == "body"
    assert roles(story(LEAD, BODY, "Maja Orlo -", told, LAST))[2] == "caption"
    labels = ("Consumer Aid -", LAST, "Harbour Watch -", BODY, "Sea Rescue -", LAST)
    assert "caption" not in roles(story(LEAD, BODY, *labels))


QUOTED = (
    "> Ferries will call at Brunnvik until the work is done in June,",
    "> and nobody has asked the captains of the ferries before the vote.",
)


def test_quoted_lines_of_a_mail_in_a_page_are_text() -> None:
    page = story(
        *("Skip to content", "Home", "About us", "Sign in", "Old pier to close", LEAD, BODY, LAST),
        *("Reply", "Maja Orlo wrote:", *QUOTED, ">", "> Subject: The old pier", *QUOTED),
        *("Share", "Next message", "Privacy policy", "Contact us"),
    )
    texts = page.split("\n\n")
    found = dict(zip(texts, roles(page), strict=True))
    assert {found[quoted] for quoted in QUOTED} == {"body"}
    assert found["Privacy policy"] == "furniture"


def test_titles_below_a_label_are_few_unless_a_text_is_about_them() -> None:
    titles = [f"What captain {number} thinks of the old pier" for number in range(9)]
    few, many = (roles(story(LEAD, BODY, "See also", *rows, LAST)) for rows in (titles[:8], titles))
    assert few[2:-1] == ["related"] * 9
    assert many[2] == "related"
    assert "related" not in many[3:]


def test_another_label_in_bold_ends_the_titles_below_a_label() -> None:
    label, titles = "See also:", ["[Who paid for it](a.md)", "**Ferries**", "[New ropes](b.md)"]
    text = story("The week in harbours", label, *titles, LEAD, BODY)
    found = roles(text, format="markdown")
    assert found[1:3] == ["related"] * 2
    assert "related" not in found[3:]


def test_lines_in_capitals_that_end_a_sentence_are_no_links() -> None:
    text = story(LEAD, BODY, "NOBODY MAY EVER SWEEP THE FERRIES UNDER THE RUG!", LAST)
    assert "related" not in roles(text)


def test_a_tag_that_a_text_leads_to_is_shown() -> None:
    tag = '<pier open="no"></pier>'
    assert roles(story(LEAD, "It writes this line:", tag, BODY))[2] == "body"
    assert roles(story(LEAD, LAST, tag, BODY))[2] == "furniture"


def test_a_greeting_below_a_picture_is_no_caption() -> None:
    text = f"# Pier closes\n\n![pier](pier.jpg)\n\n{{}}\n\n{LEAD}\n\n{BODY}"
    for line in ("Dear captains,", "The captains say:"):
        assert "caption" not in roles(text.format(line), format="markdown")[2:]
    assert roles(text.format("The old pier"), format="markdown")[2] in ("caption", "credit")


def test_lines_in_capitals_are_links_between_paragraphs_only() -> None:
    link = "BOARD OF LINDHOLM VOTES TO CLOSE THE OLD PIER"
    assert roles(story(LEAD, BODY, link, LAST))[2] == "related"
    row = "IV. HOUSEHOLD CLEANING OF FERRIES AND PIERS"
    assert "related" not in roles(story(LEAD, BODY, "Market trends", row, "Overview", LAST))
    signs = "KC1KVY WA1JIM K1LTD K1KJR AB1LD NE1RD WH6DSN"
    assert "related" not in roles(story(LEAD, BODY, signs, LAST))
    assert "related" not in roles(story(LEAD, BODY, f"“{link},", LAST))
    assert "related" not in roles(story(LEAD, BODY, f"“{link},” MAJA ORLO SAID", LAST))


def test_a_link_with_a_title_of_its_own_opens_no_others() -> None:
    head = ("Video: No video of the board posted", "Agenda: the ferries of Lindholm")
    assert roles(story("The board of harbours meets", *head, LEAD, BODY)) == [
        *("headline", "related", "headline", "lead", "body"),
    ]


def test_a_copyright_below_a_line_is_no_credit_of_a_picture() -> None:
    line, notice = "The thread of the ferry captains", "Copyright 2021 Port Post"
    assert "caption" not in roles(story(LEAD, BODY, line, notice, LAST))


def test_a_short_line_in_bold_above_the_first_items_heads_them() -> None:
    text = f"# The week in harbours\n\n**Ropes**\n\n- New ropes\n- Old ropes\n\n{LEAD}"
    assert roles(text, format="markdown")[:3] == ["headline", "subhead", "list"]


def test_a_short_question_above_the_story_is_no_note() -> None:
    assert roles(story("The old pier of Lindholm", "What's this?", LEAD, BODY))[1] == "headline"


def test_many_lines_below_a_contact_are_no_notes() -> None:
    days = [f"{day} March\tFerry {day} sails to Brunnvik" for day in range(1, 11)]
    found = roles(story(LEAD, BODY, LAST, "For more information:", *days))
    assert "note" not in found[5:]
