"""Forms of one English word share a term, and words that only look alike do not."""

import pytest

from english import ENGLISH
from nutgraf import Article, Index, search
from nutgraf_index.analysis.languages import english_forms
from nutgraf_index.analysis.languages.english_forms import base_form


def term(word: str) -> str:
    (token,) = ENGLISH.tokens(word)
    assert ENGLISH.stems([token.word]) == [token.term], word
    return token.term


# One row for each kind; all words of a row share a term.
TOGETHER = """
    mp mps / ngo ngos / pcso pcsos / dvd dvds / pmq pmqs / gcse gcses
    tv tvs / pdf pdfs / ceo ceos / suv suvs / uav uavs / ied ieds / cpu cpus
    f16 f16s / ak47 ak47s / mp3 mp3s
    bus buses busses / gas gases gasses / lens lenses / bias biases biased / alias aliases
    virus viruses / campus campuses / census censuses / bonus bonuses / status statuses
    atlas atlases / canvas canvases / focus focuses focussed focused / chorus choruses
    iris irises / wife wives / housewife housewives / knife knives / penknife penknives
    leaf leaves / half halves / wolf wolves / werewolf werewolves / thief thieves / calf calves
    loaf loaves / shelf shelves
    bookshelf bookshelves / life lives / self selves / scarf scarves / hoof hooves / elf elves
    crisis crises / analysis analyses / psychoanalysis psychoanalyses / paralysis paralyses
    hypothesis hypotheses hypothesized hypothesised / synthesis syntheses synthesized / oasis oases
    thesis theses / antithesis antitheses / diagnosis diagnoses diagnosed / emphasis emphases
    parenthesis parentheses / prognosis prognoses / metamorphosis metamorphoses / synopsis synopses
    child children / grandchild grandchildren / man men / woman women / policeman policemen
    councilwoman councilwomen / gunman gunmen / foot feet / tooth teeth / goose geese / mouse mice
    ox oxen / louse lice / spokesperson spokespeople / quiz quizzes / yes yeses
    criterion criteria / phenomenon phenomena / datum data / bacterium bacteria
    curriculum curricula / memorandum memoranda memorandums / referendum referenda referendums
    stadium stadia stadiums / stratum strata / millennium millennia / forum fora forums
    alumnus alumni / cactus cacti cactuses / fungus fungi / nucleus nuclei / radius radii
    stimulus stimuli / syllabus syllabi syllabuses / corpus corpora / genus genera
    index indices indexes / appendix appendices appendixes / vertex vertices
    vortex vortices / larva larvae / formula formulae formulas / vertebra vertebrae
    antenna antennae antennas / paparazzo paparazzi / plateau plateaux plateaus / bureau bureaux
    menu menus / hindu hindus / guru gurus
    yoghurt yogurt / tyre tire / tyres tires / adviser advisor / advisers advisors / enquiry inquiry
    enquiries inquiries / enquired inquired / doughnut donut / doughnuts donuts / gaol jail
    disc disk / tsar czar / whisky whiskey whiskies / councillor councilor / sizeable sizable
    learnt learned / woollen woolen / draughtsmen draftsman / chilli chili chillies chilies
"""
ROWS = [row.split() for line in TOGETHER.strip().splitlines() for row in line.split("/")]


@pytest.mark.parametrize("words", ROWS, ids=" ".join)
def test_forms_share_a_term(words: list[str]) -> None:
    assert len({term(word) for word in words}) == 1


@pytest.mark.parametrize(("form", "other"), english_forms._FORMS.items())
def test_each_entry_of_the_tables_brings_two_words_together(form: str, other: str) -> None:
    stemmer = ENGLISH._local.stemmer
    assert stemmer.stemWord(form) != stemmer.stemWord(other), "Snowball does it alone"
    assert term(form) == term(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pair.split("/")
        for pair in """
        axes/axis ellipses/ellipsis dice/die pence/penny media/medium opera/opus
        stamina/stamen people/person brethren/brother insignia/insigne news/new his/hi this/thi
        gas/gag lens/lend lens/len bias/bia was/wa has/ha us/u whos/who mrs/mr gps/gp cvs/cv
        cbs/cb nhs/nh dns/dn sms/sm css/cs https/http
        mbps/mbp chris/chri ntfs/ntf gpss/gps bros/bro virus/viru plus/plu
        pious/piou sous/sou thus/thu
        omen/oman amen/aman semen/seman carmen/carman german/germen roman/romen human/humen
        specimen/speciman regimen/regiman abdomen/abdoman yemen/yeman hymen/hyman
        olives/olife believes/belief proves/proof involves/involf evolves/evolf gives/gif saves/safe
        cleaves/cleaf grieves/grief drives/drife leaves/leave lives/live theses/these testes/test
        indices/indicate matrices/matrix cortices/cortical vertices/vertical process/proces
        princess/prince assess/asses chilli/chilly special/specialty programmer/program
        purchases/purchasis increases/increasis premises/premisis roses/rosis doses/dosis
        1990s/1990 16s/16 h2s/h2 g4s/g4 mks/mk diva/dive ova/over taxis/taxes menus/mens
        """.split()
    ],
)
def test_words_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert term(one) != term(other)


@pytest.mark.parametrize(
    ("word", "form"),
    [("women", "woman"), ("specimens", "specimens"), ("lyses", "lyses"), ("thesis", "thesis")],
)
def test_an_ending_alone_is_a_word_of_its_own(word: str, form: str) -> None:
    assert base_form(word) == form


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("F-16s", ["f", "16"]),
        ("AK-47s'", ["ak", "47"]),
        ("A-10s and MiG\u201129s", ["a", "10", "and", "mig", "29"]),
        ("over-60s", ["over", "60"]),
        ("the mid-1990s", ["the", "mid", "1990s"]),
        ("1990s, 747s", ["1990s", "747s"]),
        ("737-800s, A320-200s", ["737", "800", "a320", "200"]),
        ("the mid-80s", ["the", "mid", "80s"]),
        ("16s-f", ["16s", "f"]),
    ],
)
def test_a_plural_s_is_no_part_of_a_designation(text: str, words: list[str]) -> None:
    assert [token.word for token in ENGLISH.tokens(text)] == words


@pytest.mark.parametrize(
    ("plural", "form"),
    [("737s", "737"), ("911s", "911"), ("90s", "90s"), ("500s", "500s"), ("1990s", "1990s")],
)
def test_a_number_in_the_plural_is_a_designation_unless_it_is_round(plural: str, form: str) -> None:
    assert base_form(plural) == form


@pytest.mark.parametrize("query", ["knife", "knives"])
def test_a_search_finds_and_highlights_both_forms(query: str) -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="A knife was found."), Article(id="b", text="Two knives.")])
        hits = search(query, index)
        assert {hit.text[start:end] for hit in hits for start, end in hit.spans} == {
            "knife",
            "knives",
        }
