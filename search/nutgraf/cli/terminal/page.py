"""Arranges the hits of a search for a terminal: order, numbers, and the leads of headlines."""

from nutgraf.output.style import HitWithContext
from nutgraf.output.terminal import by_article
from nutgraf.results.hits import Hit, Results
from nutgraf.searcher import Searcher

__all__ = ["arranged"]


def arranged(
    searcher: Searcher, results: Results, before: int, after: int, *, first: int, together: bool
) -> list[HitWithContext]:
    """Return hits as a terminal shows them, numbered from `first`, each with its context.

    With `together`, the hits of an article follow each other, in the order of their best hit. The
    context is the `before` and `after` neighbours of a hit, and the lead below a headline.
    """
    citations = {hit.citation for hit in results}
    arranged: list[HitWithContext] = []
    for number, hit in enumerate(by_article(results) if together else results, first):
        earlier, later = searcher.neighbours(hit, before, after)
        if hit.role == "headline":
            lead = _lead(searcher, hit)
            if lead and lead.citation not in citations and lead not in later:
                later = [*later, lead]
        arranged.append(HitWithContext(hit, earlier, later, number))
    return arranged


def _lead(searcher: Searcher, headline: Hit) -> Hit | None:
    """Return the lead below a headline, or else the first passage of the body; None if neither."""
    passages = searcher.article(headline.article)[headline.number :]
    roles = [passage.role for passage in passages]
    role = next((role for role in ("lead", "body") if role in roles), None)
    return passages[roles.index(role)] if role else None
