"""The table of shapes: each row has its example, sentences of stories have no shape."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.analysis.languages.newsroom import ANYWHERE, Shape, Zone
from nutgraf_index.model import Role
from nutgraf_index.passages.newsroom import newsroom_of
from quick import within

SHAPES = newsroom_of("en").shapes
TABLE = ENGLISH.newsroom.shapes
STORY = "The harbour board voted on Tuesday to close the old pier for the winter."
ORDER = [Role.CAPTION, Role.CREDIT, Role.CORRECTION, Role.RELATED, Role.NOTE, Role.FURNITURE]


def role_of(text: str, zone: Zone) -> Role | None:
    """Return the role of a passage in a part of an article; None for a passage of the story."""
    before, after = {Zone.HEAD: (0, 9), Zone.STORY: (9, 9), Zone.TAIL: (9, 0)}[zone]
    found = SHAPES.find([*[STORY] * before, text, *[STORY] * after])
    assert found.keys() <= {before}
    return next((shape.role for shape in found.get(before, ()) if zone in shape.zones), None)


@pytest.mark.parametrize("shape", TABLE, ids=lambda shape: f"{shape.role.value}: {shape.example}")
def test_examples(shape: Shape) -> None:
    assert shape in SHAPES.of(shape.example), "the row does not match its example"
    zones = [zone for zone in shape.zones if zone is not Zone.STORY or not shape.named]
    for zone in zones:
        assert role_of(shape.example, zone) == shape.role
    assert len(shape.example) <= shape.longest


def test_the_rows_stand_in_the_order_of_the_roles() -> None:
    """A passage that has several shapes has the role that comes first."""
    roles = [shape.role for shape in TABLE if shape.role in ORDER and shape.zones == ANYWHERE]
    assert roles == sorted(roles, key=ORDER.index)


def test_no_example_stands_twice() -> None:
    examples = [shape.example for shape in TABLE]
    assert len(examples) == len(set(examples))


def test_no_pattern_has_lost_its_braces() -> None:
    """An f-string would turn {2,60} into (2, 60)."""
    assert not [shape.example for shape in TABLE if re.search(r"\(\d+, \d+\)", shape.pattern)]


def test_plain_words_are_lower_case() -> None:
    """They are compared with text in lower case, so others would never be found."""
    for shape in TABLE:
        for words in (shape.begins, shape.ends, shape.within):
            assert words == words.lower()
            assert not words or all(words.split("|")), shape.example
        told = [bool(shape.begins), bool(shape.ends), bool(shape.within) or shape.named]
        assert sum(told) <= 1, shape.example


@given(st.data())
def test_a_text_that_a_pattern_matches_is_never_dismissed_before(data: st.DataObject) -> None:
    """Rows that begin with a name, or have no plain words, are tried if words or marks say so."""
    row = data.draw(st.sampled_from([*SHAPES._named, *SHAPES._free]))
    pattern = re.compile(row.expression(), re.IGNORECASE)
    signs = st.characters(codec="latin-1")
    text = data.draw(st.from_regex(pattern, fullmatch=True, alphabet=signs))
    if row.shape.named:
        assert any(map(text.lower().__contains__, row.within)), text
    else:
        assert SHAPES._may_be_free(text), text


@pytest.mark.parametrize("gap", [" ", "  ", "\n", "\t", "\u00a0", "\u2003", "\x1c"])
def test_white_space_counts_as_one_blank(gap: str) -> None:
    assert [shape.role for shape in SHAPES.of(f"Read more:{gap}Ferry{gap}runs aground")] == [
        Role.RELATED
    ]
    assert SHAPES.of(f"Photo by{gap}Maja Orlo") == SHAPES.of("Photo by Maja Orlo") != ()


# Sentences, headlines and subheads of stories that begin or end like the shapes.
OF_STORIES = """
    Reporting by Victims
    Reporting by telephone was easier, the captains said.
    Photos by the dozen were found in the harbour office.
    Photo ID is required to board the ferry.
    Photographs of the pier were shown to the jury.
    Picture the harbour without a ferry, she said.
    Image is everything to the new board.
    Graphic pictures of the accident were shown in court.
    Read more books, she said.
    Read the contract before you sign it, the lawyer told the captains.
    Watch the tide, not the clock, is what captains are told.
    See the pier while it still stands, the poster says.
    Listen to the captains, the mayor said.
    More ferries will call at Brunnvik in June.
    More from the harbour is expected than it can give, he said.
    Related charges were dropped in May.
    Related-party deals were sold to the board in May.
    Get the latest version, Mr Orlo told the inbox provider
    Get our updates in order, the captain urged.
    Keep up with the news from the pier, she wrote to the board.
    By signing up for the crew, captains agree to the terms of the board.
    By entering the harbour you agree to its terms, the guard told us.
    Join us for the Lindholm Conference on Harbours, which opens in June.
    Follow this link to load the plan of the pier.
    Follow and mark the channels (north, south and west) before the storm.
    Your email address is kept by the board for a year.
    First name was all that the captains asked for.
    Click on the second berth and move the ferry there.
    Part one of the question was never answered.
    Part 1 of a plan for the pier
    Tagged ropes were found below the pier.
    [Audience member]: "Who paid for the pier?"
    [on Captain Orlo]: "She was to stay for a week, and stayed for a year."
    (Note that the pier is older than the town.)
    [Note: the pier is closed in winter.]
    >>> berths = ferries + 1
    >> Who paid for the pier?
    Reports of a Ship Lost at the Pier
    A pier for ferries and trains (Timber/Iron Works)
    A bridge of timber for the harbour (KLM/NOP)
    Find the plan of the pier on page four.
    Find out who is on Facebook and Instagram all day.
    Join the captains who met on Facebook, and you will hear of it.
    More stories of ferries lost at sea have come from Lindholm, days after the storm.
    **Captain/Crew Meetings**
    Join the captains on Facebook. They have 12,000 members and a plan.
    You can follow the trial on YouTube.
    Find Bo Ek on Reddit? He answered questions for three hours about his ferry.
    Join us on the pier, the captain told them, and bring Facebook with you.
    Tagged as a danger, she lost her ship
    Tagged with a radio collar, the otter swam north
    Your email address could be for sale
    Please verify the numbers before you print them, the editor told us
    Get the news that the captains need, he argued
    We'll send the troops home, the president announced in a news conference
    Part one of the plan is to close the pier.
    Part two of the bridge fell into the water on Monday.
    [Orlo]: U.S. ferries left the pier.
    [Orlo]: ... and then we left.
    [Orlo]: Remember: we left.
    <div>“I had not thought that a ferry could be so old, so very slow, and still so full.”</div>
    Ninety Captains Contributed To The Pier And Were Never Paid
    Harbour lights shine again! (Picture)
    The old pier runs from the harbour in Lindholm to the town, and it could close on March 4, 2021.
    Ed-tech companies divide into two main camps.
    File-sharing services were closed on Monday.
    Today's statement, carried by the news agency, said the boats were not the first.
    The latest news from the harbour is good, she said.
    Maja Orlo is confident she and fellow captain Bo Ek will sail on Monday.
    The Port Post is reportedly blocking its reporters from the pier.
    Maja Orlo is suing two reporters of the Post.
    The Port Bank is contributing 50 million crowns to the pier.
    Safe harbor provisions are among the measures that the board wants.
    Filed under oath, the statement says that the pier was safe.
    Posted in the window was a sign for the captains.
    Tagged fish were found below the pier on Monday.
    Click to buy is what the captains want, he said.
    Sign up for a second pier, she told the board.
    Subscribe to the view that ferries pay, the mayor said.
    Video below the standard of the court was not shown.
    Recommended reading for the new board was a report of 1962.
    Correction officers went on strike on Monday.
    Corrections of the market are normal, analysts said.
    Clarification of the law is needed before the vote, she said.
    Corrected for inflation, fares fell by a tenth.
    An earlier version of the bill had no money for the pier.
    A previous version of the plan was dropped.
    This article of the constitution has been amended twice.
    Advertisement revenue fell by a third.
    Advertising on ferries will be forbidden.
    Ads on ferries paid for the new pier.
    Sponsored by a bank, the race drew 120 boats.
    Promoted to captain at 30, she never left the harbour.
    Share prices fell on Monday.
    Share the road, the minister told drivers.
    Shares of the ferry company rose by 3 percent.
    Sign up to fight
    Sign up to fight for your country, the poster said.
    Subscribers of the old telephone company may get their money back.
    Follow the money, he said.
    Following the vote, the chair resigned.
    Like most captains, she has no house ashore.
    Like her father, Orlo learnt the trade at the old pier.
    Email was the first thing that failed.
    Print is dead, the publisher said.
    Tweet by tweet, the mayor undid the plan of the board.
    Facebook said on Tuesday that it had removed the posts.
    Twitter users found the pictures first.
    Copyright law changed in 2021.
    Copyright holders in 30 countries have sued.
    All rights reserved to the states were listed in the bill.
    Updated figures show that fares rose.
    Update your charts before you sail, the harbour master warned.
    Published reports said that the pier would close.
    Published in 1998, the book sold badly.
    Posted workers earn less than captains.
    Menu prices rose by a tenth.
    Home sales fell in May.
    Search teams found the ferry at dawn.
    Skip the ferry and take the bridge, the board says.
    Next year the pier will be closed.
    Next: the pier itself.
    Previous owners had let it rot.
    Contact with the ferry was lost at noon.
    Contact tracing ended in March.
    Comments by the mayor angered the captains.
    Comment from the board was not available.
    Play was stopped by rain.
    Video of the accident was shown in court.
    Video games seem to draw the attention of politicians in the wake of a tragedy.
    Close to 40 boats were lost.
    Loading the ferry took an hour.
    Embargoed goods were seized at the pier.
    Press releases were sent to all papers.
    Moved by the letters, the board changed its mind.
    Optional insurance costs 5 crowns more.
    Undated letters were found in the harbour office.
    Undated letters
    Attention turned to the old pier.
    Editors of three papers were arrested.
    Section 4 of the law says nothing of piers.
    Language was no barrier, the captains said.
    Subject to approval, work begins in June.
    Case law is on the side of the captains.
    Case numbers rose to 120 on Monday.
    Contributing to the delay was the weather.
    Contributing factors were fog and speed, the report said.
    Sources said the board had voted in secret.
    Sources close to the board said so.
    Source code was stolen.
    With help from friends, she bought the ferry.
    With assistance from the navy, the ferry was raised.
    Credit Suisse shares fell.
    Credit is due to the captains.
    Courtesy of the navy, the captains flew home.
    Compiled over 20 years, the list has 4,000 names.
    Written by hand, the letter was hard to read.
    Edited pictures fooled the jury.
    Produced in Lindholm, the film won a prize.
    Research by two universities showed the same.
    Translation errors cost the company a ferry.
    The company contributed to this year's parade.
    Exhaust from ferries contributed to the smog, experts say.
    He contributed 500 crowns to the campaign.
    File a complaint first, the lawyers said.
    Above all, the captains want to be asked.
    Pictured in the paper with the mayor, she denied all.
    Map makers have left the island out for centuries.
    Tables were laid on the pier.
    This is part of a wider plan.
    This is the first in a series of strikes.
    This is the latest in a series of attacks.
    First in a series of storms
    This story has no end.
    This report is not the last word on the pier.
    This report, which is also public, claims that the board knew.
    This is a developing country.
    This map shows nothing, he said, and tore it up.
    In this country, photo albums are kept for centuries.
    The views from the pier are the best in town.
    The opinions of the captains were not heard.
    The Associated Press reported that it received a letter from the board.
    The post was abolished in 1998.
    The interview was over after ten minutes.
    The charges were dropped in May.
    The defendant was not in court.
    Warning signs were missed.
    Warning: rough seas ahead, the sign said.
    Reach for the stars, the captain told her crew.
    Write to your member of parliament, the board said.
    Send them home, the crowd shouted.
    Call it what you like, she said.
    Where were the captains?
    When: that is the question.
    What: no ferry?
    End of the line
    Ends and means
    More or less
    Get the children out of the water, he shouted.
    Stay connected to the shore at all times, sailors are told.
    Enter your house by the back door, the police said.
    Thank you for coming, she said.
    Join the navy and see the world, her father said.
    Help is on the way.
    Help wanted
    Privacy laws forbid it.
    Terms of the deal were not disclosed.
    About us, nobody thinks, the captains said.
    Donate blood, the poster says.
    Give me a ferry, he said.
    12 boats were lost in the storm.
    3 minutes later the ferry sank.
    330 West Quay was sold in 1998.
    Maja Orlo is a ferry captain in Lindholm.
    Maja Orlo covers her ears when the horn sounds.
    Bo Ek writes that the pier was never safe.
    Insurers Refuse To Cover Some Old Ferries
    Like the motto of Lindholm says: ever upward (@lindholm)
    Port Watch reports that fares will rise.
    As I write, the ferry is at sea.
    Bo Ek was one of the harshest critics of the board.
    Mr. Ek, joined by his two brothers, went home.
    The pier closed in 2012 (and the ferries with it).
    Either the mayor or the board (or both) will go.
    Ek, left, then right, and then left again, was lost.
    NOTE: 1985 net includes a gain on the sale of the pier.
    Note: the figures contain the sales of two ferries.
    <Video Shopping Mall Inc> said it had bought the pier.
    For immediate release: Captain Is Freed After 20 Years
    The law barred the board from it. To read more of the case, click here.
    Copyright 2019 rules would have barred it.
    This report has been updated three times by the ministry, whose officials lied.
    _The author arrives at Lindholm, and describes the old pier_
    The board was founded by captains at the pier of Lindholm, on March 4, 2021.
    The Port Post/NBC News poll asked 900 captains of ferries from Lindholm.
    Connect with people
    Follow the money trail: it leads to the pier.
    Find Maja: the film of the year
    Support for independent journalism fell by a third.
    Interested in ferries? Ask the captains.
    Visit the old pier for the last time.
    To receive the news was a shock, the captains said.
    To get the updates, captains have to call the harbour.
    Updated ferries sail at 10 a.m. with a new crew. They are safe.
    We are a nation of captains.
    What do you think of the vote?
    More AP classes are taught in the schools of Lindholm.
    Also in Lindholm, the board said: no more ferries.
    Graphic novels are read on the ferries.
    The letters were delivered to the inbox of the mayor.
    Brief encounters on the pier
    Members get a vote on the pier, said the chair.
    Read our minds, said the captains.
    "Advertisement," she said, "is all they want."
    "Sign up for the harbour letter," he said.
    Mob Justice
    Poetic Justice
    Board Fires Judge
    Senate Confirms Justice
    Bo Ek, judge
    Per curiam opinions, the judge noted, are short.
    Per curiam
    (A ferry sank at the old pier on Monday, and forty people were rescued by fishermen.)
    (The mayor has denied this.)
    (What the old pier has taught us all)
    (Mr. Orlo asked and was given a day to leave the pier.)
    [What the old pier has taught us all]
    [In 1912 a ferry sank at the old pier.]
    [Pages of History]
    [Page after page, the report of 1912 blames the captains.]
    [House of Cards]
    [Senate passes the bill]
    House
    Congressional Record Volume 12 has a speech of 40 pages on ferries
    From the window he could see the pier burning [https://port.example/watch].
    From the Congressional Record online, she learnt who had spoken for the pier.
    This edition is sponsored by a brewery for the first time in years, and the runners object.
    This list is sponsored by members of both parties, and a vote is expected next week.
    This issue is sponsored by the senator from Ohio, who wants the fund to be bigger than it was.
    This message is sponsored by nobody, the mayor said.
    Your use of force is subject to review by the board, the chief told his officers.
    Your use of the pier is subject to a fee of five crowns, the board told captains on Monday.
    He promised to tell all about his divorce in the comments below.
    The paper was sued because it let readers post insults about the mayor in the comments below.
    Thousands would share their stories of abuse in the comments below.
    This video has failed to load in court, delaying the murder trial for a third day.
    We apologize, but this video is the only proof we have of that night, the family told the court.
    We apologize, but this video has failed to load in court, the judge said.
    This advertisement has not loaded yet another weapon for the campaign, the senator joked.
    Advertisement revenue has not loaded yet another weapon.
    Skip past advert breaks and you lose the story, the broadcaster told viewers who complained.
    Skip past promotion and go for the title, the coach told the club.
    Get our children back to school, the mayor was told, or sign up for the march on Saturday.
    For free real-time data, the city turned to its ferries, which send their places each second.
    For breaking news crews, the pier was a death trap.
    For press questions, she called the spokesman at the ministry by phone, but he hung up.
    For media to call this a victory is absurd, the minister told reporters.
    Harbour mailing list
    Union leaks mailing list
    The union published its mailing list
    Cancel Facebook
    Facebook, Twitter, share
    Save, print, share
    100 shares Facebook sold
    Related roundup of suspects continued through the night, and forty men were held.
    Video loading docks were closed after the fire, and ships were sent to Brunnvik.
    Latest videos from the front show burning tanks, and the ministry has not denied them.
    The evidence is a video
    Police look for a witness – and a video
    EPA Administrator Maja Orlo Quits After a Year at the Pier
    AFP Reporter Held at the Old Pier Since Monday
    The party moved away from left: It lost the harbour.
    Maja Orlo deserves most of the credit: Bo Ek agreed.
    Rex
    Splash
    Polaris
    Magnum
    File::Slurp is broken and wrong
    File: /harbour/log
    File -> Open
    File --help
    **Harbour Board/Admissions**
    **who** means
    ## 2. who
    → ferry
    June 5, 2026: Man Charged With Sinking Ferry in Lindholm
    Subscribe to the idea of a quiet harbour
    Subscribe to an idea that captains share
    First name basis: how captains greet
    Email address of the captain leaked
    Part 1 of the story of the old pier
    Special to the heart
    Topic: The ropes of ferries
    Trending: Down
    By the sea, a captain waits
    The board has closed the pier since the spring (NOAA/SPC)
    Ferries will call at Brunnvik until June, the board said on Monday. (NWS/SPC)
    Stay informed about the tides, the captain told all who would subscribe to it
    Without the archive there were no archives
    The captains opened a shop beside the old pier in May. No sales.
    See 3 pictures of the pier
    To see this pier, captains sail for days
    Additional reporting requirements were added in May
""".strip().splitlines()


@pytest.mark.parametrize("text", [line.strip() for line in OF_STORIES])
def test_sentences_of_stories(text: str) -> None:
    assert {zone: role_of(text, zone) for zone in Zone} == dict.fromkeys(Zone)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("(AP Photo/Tomas Vik, File)", Role.CREDIT),
        ("[Tomas Vik/Port Post]", Role.CREDIT),
        ("Getty Images", Role.CREDIT),
        ("The pier. (AP Photo/Tomas Vik)", Role.CAPTION),
        ("Enlarge this image toggle caption Tomas Vik/Port Post", Role.CAPTION),
        ("**READ MORE:** [Who paid for the pier](https://port.example/1)", Role.RELATED),
        ("[READ MORE: Who paid for the pier]", Role.RELATED),
        ("*Maja Orlo contributed to this report.*", Role.CREDIT),
        ("— With assistance by Tomas Vik", Role.CREDIT),
        ("(Reporting by Maja Orlo; Editing by Bo Ek)", Role.CREDIT),
        ("(c) 2021, The Lindholm Post", Role.CREDIT),
        ("&UR; Eds: ADDS 1 graf", Role.NOTE),
        ("Editor’s note: Some names were changed.", Role.NOTE),
        ("Editor’s note: An earlier version gave the wrong year, an error.", Role.NOTE),
        ("Editor’s note: This story was changed to correct a name.", Role.CORRECTION),
        ("This story was updated at 11:13 a.m. to correct a name.", Role.CORRECTION),
        ("-- Updated at 11:13 a.m.", Role.NOTE),
        ("Story highlights", Role.LIST),
        ("ADVERTISEMENT", Role.FURNITURE),
        ("Advertisement - Continue reading below", Role.FURNITURE),
        ("Advertisement · Scroll to continue", Role.FURNITURE),
        ("Don't want to see this? Remove ads", Role.FURNITURE),
        ("Open this photo in gallery:", Role.FURNITURE),
        ("Additional reporting from PA", Role.CREDIT),
        ("Advertisement 1Story continues below", Role.FURNITURE),
        ("A ferry at the old pier, March 4, 2021. — Picture by Maja Orlo", Role.CAPTION),
        ("[email protected]", Role.FURNITURE),
        ("(MORE)", Role.FURNITURE),
        ("#", Role.FURNITURE),
        ("* * *", Role.FURNITURE),
        ("Sign  up\nfor the harbour letter", Role.FURNITURE),
        ("Sign up for the latest news and offers", Role.FURNITURE),
        ("Subscribe to this blog", Role.FURNITURE),
        ("Register for the webinar", Role.FURNITURE),
        ("FILE -- Ferries at the old pier, Lindholm, March 1, 2021.", Role.CAPTION),
        ("► «Ferries» leave the old pier", Role.RELATED),
        ("Follow PT on", Role.FURNITURE),
    ],
)
def test_other_forms_of_a_shape(text: str, role: Role) -> None:
    zone = Zone.HEAD if role is Role.LIST else Zone.STORY
    assert role_of(text, zone) == role


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        # An agency's name signs a story, or a picture in it; above it is the paper's name.
        ("Reuter", {Zone.HEAD: None, Zone.STORY: Role.CREDIT, Zone.TAIL: Role.CREDIT}),
        ("Forward-Looking Statements", dict.fromkeys(Zone)),
        # After a story, titles of the page follow; within it, those of the article.
        (
            "You may also like",
            {Zone.HEAD: Role.RELATED, Zone.STORY: Role.RELATED, Zone.TAIL: Role.FURNITURE},
        ),
        ("Source: Port News", dict.fromkeys(Zone, Role.CREDIT)),
        ("Special to port.example", {Zone.HEAD: Role.BYLINE, Zone.STORY: None, Zone.TAIL: None}),
        ("Where: the old pier", {Zone.HEAD: None, Zone.STORY: None, Zone.TAIL: Role.NOTE}),
    ],
)
def test_the_place_in_an_article_counts(text: str, roles: dict[Zone, Role | None]) -> None:
    assert {zone: role_of(text, zone) for zone in Zone} == roles


def test_what_a_label_opens() -> None:
    assert SHAPES.of("READ MORE:")[0].opens
    assert SHAPES.of("Recent posts")[0].opens
    assert not SHAPES.of("Read or share this story: www.port.example")[0].opens


def test_menus_have_words() -> None:
    words = newsroom_of("en").page_words
    assert {"home", "sports", "contact us", "my account"} <= words
    assert all(word == word.strip().lower() and word for word in words)


def hostile(shape: Shape) -> Iterable[str]:
    """Yield texts that begin or end like a shape, and then go on without an end."""
    begins = shape.begins.split("|")[0]
    ends = shape.ends.split("|")[0] or shape.within.split("|")[0]
    half = shape.example[: len(shape.example) * 2 // 3]
    pieces = ("a", "A ", "Maja Orlo, ", "and ", "Ab-Cd/", "( ", "2021 ", ". ", "- ", "& ", " by ")
    for size in (400, 20_000):
        for piece in pieces:
            filler = (piece * size)[:size]
            yield f"{begins}{filler}"
            yield f"{begins} {filler}\x00"
            yield f"{filler}\x00{ends}"
            yield f"{half}{filler}\x00"


@pytest.mark.parametrize("shape", TABLE, ids=lambda shape: f"{shape.role.value}: {shape.example}")
def test_hostile_texts(shape: Shape) -> None:
    """A pattern that tries all ways to part a text would take minutes, not seconds."""
    with within(10):
        for text in hostile(shape):
            SHAPES.of(text)
            SHAPES.of(text[: shape.longest])


@pytest.mark.parametrize("begins", ["", "Facebook: "])
def test_addresses_with_commas_between_them(begins: str) -> None:
    with within(1):
        assert SHAPES.of(f"{begins}{'www.**,' * 26}| 1") == ()
    row = "www.port.example/a,www.port.example/b ; www.port.example/c"
    assert [shape.role for shape in SHAPES.of(f"{begins}{row}")] == [Role.FURNITURE]


def test_long_stories_have_no_shape() -> None:
    assert SHAPES.find([STORY * 400, f"Advertisement {STORY * 20}", STORY]) == {}
    assert SHAPES.find([]) == {}
