"""Queries against Whoosh's own storage, and the pruned answer against the whole one."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brute import facts_of, meant, named_roles, searched
from generated import ARTICLES, QUERIES
from nutgraf import Article, Index, Searcher
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.segment_searcher import segment_searchers
from nutgraf.options import SearchOptions
from nutgraf.query.parser import parse
from nutgraf.query.tree import Node
from nutgraf.ranking.rank import rank
from nutgraf_index.indexing import writer
from nutgraf_index.indexing.merge_policy import MergePolicy
from nutgraf_index.model import HIDDEN_ROLES
from scale import EXAMPLES
from stock import can_translate, found_by, stock_searcher, translate


@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=8))
def test_the_matches_are_those_of_stock_whoosh(articles: list[Article], queries: list[str]) -> None:
    # Without a title of its own no article has a passage that answers for one.
    articles = [replace(article, title="") for article in articles]
    everything = facts_of(articles)
    with Index.in_memory() as index, stock_searcher(articles) as stock:
        index.add(articles)
        with Searcher(index) as searcher:
            for query in queries:
                tree = searched(query, everything)
                if tree is None or not can_translate(tree):
                    continue
                hidden = {role.value for role in HIDDEN_ROLES} - named_roles(tree)
                wanted = found_by(translate(meant(tree)[0], stock), stock)
                wanted = {one for one in wanted if searcher.passage(one).role not in hidden}
                hits = searcher.search(query, limit=1000, require="any", collapse=False)
                assert {hit.citation for hit in hits} == wanted, query
                assert hits.total == len(wanted)


VOCABULARY = [f"w{number}" for number in range(300)]
WEIGHTS = [1 / (number + 1) for number in range(300)]


def skewed(id: str, chance: random.Random) -> Article:
    """Return an article of short passages in which a few words are very frequent.

    Some are written in two parts.
    """
    lines = [
        " ".join(
            word if chance.randrange(12) else f"{word[0]}-{word[1:]}"
            for word in chance.choices(VOCABULARY, WEIGHTS, k=chance.randint(1, 9))
        )
        + "."
        for _ in range(chance.randint(2, 6))
    ]
    if not chance.randrange(9):
        lines.insert(1, "- " + " ".join(chance.choices(VOCABULARY, WEIGHTS, k=2)))
    title = " ".join(chance.choices(VOCABULARY, WEIGHTS, k=2)) if chance.randrange(2) else ""
    title = title.replace("w", "w-", chance.choice([0, 0, 0, 1]))
    return Article(id=id, title=title, text="\n".join(lines))


@pytest.fixture(scope="module", params=["one segment", "segments with deletions"])
def long_lists(request: pytest.FixtureRequest) -> Iterator[Index]:
    """An index of about 8000 short passages."""
    chance = random.Random(5)
    articles = [skewed(str(number), chance) for number in range(2000)]
    with Index.in_memory() as index:
        if request.param == "one segment":
            index.add(articles)
        else:
            index.add([*articles[:1500], *(skewed(f"gone{n}", chance) for n in range(400))])
            index.add(articles[1500:1990])
            index.add(articles[1990:])
            index.remove([f"gone{number}" for number in range(400)])
            index.add(articles[::97])
            assert len(index.snapshot().readers) > 1
        yield index


WORD = (
    st.integers(0, 7)
    .flatmap(lambda size: st.integers(0, min(1 << (size + 1), 299)))
    .map(VOCABULARY.__getitem__)
)
CHOICES = st.lists(
    st.one_of(
        WORD,
        WORD,
        WORD,
        st.builds('"{} {}"'.format, WORD, WORD),
        st.builds("{}*".format, WORD),
        st.builds("{}^{}".format, WORD, st.sampled_from(["0.2", "3"])),
        st.builds("({} NEAR/2 {})".format, WORD, WORD),
        st.builds("{}~".format, WORD),
        st.builds("={}".format, WORD),
        WORD.map(lambda word: f"{word[0]}-{word[1:]}"),
        st.builds("({} AND {})".format, WORD, WORD),
        st.builds("-{}".format, WORD),
        st.builds("+{}".format, WORD),
    ),
    min_size=1,
    max_size=7,
).map(" ".join)


def ranked(
    tree: Node, postings: SnapshotPostings, limit: int
) -> tuple[int, list[tuple[float, str, int]]]:
    """Return how many passages match, and the best with their scores."""
    page = rank(tree, postings, None, SearchOptions(limit=limit, collapse=False))
    found = [(one.score, one.searcher.reader.name, one.doc_id) for one in page.matches]
    return page.total, found


# Words of about the same idf, each in many passages, and in a few stretches of them over and
# over and with little else. There the most that a block of a list gives is what one of its
# passages has, and the best are not all of the rarest word.
EVERYWHERE = "alfa bravo charlie delta echo foxtrot golf hotel kilo lima mike oscar".split()


def burst(number: int, chance: random.Random) -> str:
    """Return a passage; of each stretch of 250 two words are the subject, or both of them."""
    stretch = number // 250 * 5
    subjects = [EVERYWHERE[at % len(EVERYWHERE)] for at in (stretch, stretch + 3)]
    words = chance.choices(EVERYWHERE, k=chance.choice([0, 1, 1, 2, 3, 12]))
    for subject in chance.sample(subjects, chance.choice([1, 1, 2])):
        words += [subject] * chance.choice([0, 0, 1, 2, 3 + EVERYWHERE.index(subject) % 5])
    joint = "-" if len(words) == 2 and not chance.randrange(4) else " "
    return joint.join(words or subjects[:1])


def in_bursts(passages: int) -> list[Article]:
    chance = random.Random(8)
    lines = [f"{burst(number, chance)}." for number in range(passages)]
    for at in range(3, passages, 40):
        lines[at] = f"- {chance.choice(EVERYWHERE)} {chance.choice(EVERYWHERE)}"
    return [
        Article(
            id=f"{at:05}",
            title=" ".join(chance.choices(EVERYWHERE, k=chance.choice([0, 0, 0, 1, 1, 3]))),
            text="\n".join(lines[at : at + 8]),
        )
        for at in range(0, passages, 8)
    ]


@pytest.fixture(scope="module")
def bursts() -> Iterator[dict[int, Index]]:
    """Indexes of the same 8000 passages, by how many segments each has."""
    articles = in_bursts(8000)
    with Index.in_memory() as one, Index.in_memory() as ten:
        one.add(articles)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writer, "_POLICY", MergePolicy(width=11))
            for at in range(0, 1000, 100):
                ten.add(articles[at : at + 100])
        found = {len(index.snapshot().readers): index for index in (one, ten)}
        assert found.keys() == {1, 10}
        yield found


OF_BURSTS = st.lists(
    st.one_of(
        *[st.sampled_from(EVERYWHERE)] * 5,
        st.builds("{}-{}".format, *[st.sampled_from(EVERYWHERE)] * 2),
        st.builds("{}^{}".format, st.sampled_from(EVERYWHERE), st.sampled_from(["0.9", "1.1"])),
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


def test_the_pruned_best_are_the_best_of_all(long_lists: Index) -> None:
    pruned_are_the_best(long_lists, CHOICES, EXAMPLES // 2)  # each of thousands


@pytest.mark.parametrize("segments", [1, 10])
def test_no_bound_is_too_low(bursts: dict[int, Index], segments: int) -> None:
    pruned_are_the_best(bursts[segments], OF_BURSTS, EXAMPLES)


def pruned_are_the_best(index: Index, queries: st.SearchStrategy[str], examples: int) -> None:
    postings = SnapshotPostings(index.snapshot())

    @settings(max_examples=examples)
    @given(queries, st.sampled_from([1, 10, 10, 100]))
    def check(query: str, first: int) -> None:
        tree = parse(query).tree
        assert tree is not None
        total, whole = ranked(tree, postings, 1 << 20)
        counted, best = ranked(tree, postings, first)
        assert counted == total == len(whole)
        assert best == whole[:first], query

        check_floors(tree, postings, first)

    check()


def check_floors(tree: Node, postings: SnapshotPostings, first: int) -> None:
    """Check the best of each segment, where others have passages with scores as high as a floor."""
    for searcher in segment_searchers(tree, postings, None, 1):
        every = searcher.matching_doc_ids
        scores = dict(zip(every.tolist(), searcher.scores_at(every), strict=True))
        documents, given = searcher.top_k(len(scores), 0.0)
        assert given == [scores[document] for document in documents]
        assert given == sorted(scores.values(), reverse=True)
        for at in {0, 3, len(given) // 9, len(given) - 1} & {*range(len(given))}:
            best = [document for document in documents[:first] if scores[document] >= given[at]]
            found, own = searcher.top_k(first, given[at])
            assert found[: len(best)] == best
            assert own == [scores[document] for document in found]


def test_one_segment_and_ten_give_the_same_to_the_last_bit(bursts: dict[int, Index]) -> None:
    with Searcher(bursts[1]) as one, Searcher(bursts[10]) as ten:

        @given(OF_BURSTS)
        def check(query: str) -> None:
            found, same = (
                [
                    (hit.citation, hit.score)
                    for hit in searcher.search(query, limit=100, require="any")
                ]
                for searcher in (one, ten)
            )
            assert found == same, query

        check()
