"""Did you mean: the words of the archive that a word was likely mistyped from."""

import math
from collections.abc import Sequence

from nutgraf.suggestions.misspelling import slip
from nutgraf.suggestions.vocabulary import Vocabulary
from nutgraf_index.analysis.analyzer import PLAIN

__all__ = ["corrections", "divided"]

_SHORT = 4  # characters: such words are corrected by one edit, longer ones by up to two
_ODDS = 5.0  # what a slip of cost 1 takes from a word's chance, as the log of how frequent it is
_LOOKED_AT = 32  # words whose passages are counted
_AS_GOOD = 4.0  # how much less likely, as a log, a second one may be than the likeliest
_FAR_RARER = 50  # times: a word that is there is taken for a mistake beside one so much commoner


def corrections(word: str, vocabularies: Sequence[Vocabulary], most: int) -> list[str]:
    """Return the likeliest words that a folded word was meant for, best first, `most` at most.

    Likely is what is frequent in the archive and easily mistyped so (Kernighan, Church and Gale,
    A spelling correction program based on a noisy channel model, 1990). A word that is there
    itself is corrected only to one that is an edit away and far more frequent. Numbers are left as
    they are; of words with the same stem only the likeliest is returned.
    """
    if len(word) < 2 or any(letter.isdigit() for letter in word):
        return []
    analyzer = vocabularies[0].analyzer
    own = _most(word, vocabularies, exact=True)
    edits = 1 if own or len(word) <= _SHORT else 2
    near = set().union(*(one.near(word, edits) for one in vocabularies)) - {word}
    chances = sorted(
        (_ODDS * slip(word, other, analyzer.language) - math.log(_most(other, vocabularies)), other)
        for other in near
        if not any(letter.isdigit() for letter in other)
    )
    counted = []
    for _, other in chances[:_LOOKED_AT]:
        count = _most(other, vocabularies, exact=True)
        if count > own * _FAR_RARER:
            counted.append((_ODDS * slip(word, other, analyzer.language) - math.log(count), other))
    by_stem: dict[str, str] = {}
    likeliest = min(counted, default=(0.0, ""))[0]
    for chance, other in sorted(counted):
        if chance > likeliest + _AS_GOOD:
            break
        by_stem.setdefault("".join(analyzer.terms(other)), other)
    return list(by_stem.values())[:most]


def divided(word: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return the two words that a folded word is likely written as: e-mail for email.

    Those that stand side by side in the most units of the field; if the word itself is there, in
    far more than it.
    """
    most, best = vocabulary.count(word) * _FAR_RARER, None
    for at in range(1, len(word) if len(word) <= PLAIN else 0):
        parts = word[:at], word[at:]
        if all(map(vocabulary.most, parts)):
            found = vocabulary.side_by_side(*parts)
            if found > most:
                most, best = found, parts
    return best


def _most(word: str, vocabularies: Sequence[Vocabulary], *, exact: bool = False) -> int:
    """Return in how many units of a field a word stands, in that where it stands the most."""
    return max(one.count(word) if exact else one.most(word) for one in vocabularies)
