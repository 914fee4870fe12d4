"""Make a paragraph of `letters/languages.txt` from a list of words and their frequencies.

    python tests/letters.py CODE NAME "ENCODING ..." FILE

FILE has a word and its frequency in each line, with white space between. Words of letters alone
count; they are in lower case.
"""

import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

PAIRS = 150
MOST_LETTERS = 300
WORDS = 50
RAREST = 5e-6  # share of the letters of a language


def paragraph(code: str, name: str, encodings: str, words: Iterable[tuple[str, float]]) -> str:
    """Return the paragraph of a language."""
    ranked = sorted((item for item in words if item[0].isalpha()), key=lambda item: -item[1])
    letters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    firsts: defaultdict[str, float] = defaultdict(float)
    for word, frequency in ranked:
        for letter in word:
            letters[letter] += frequency  # type: ignore[assignment]
        for first, second in zip(f"_{word}", f"{word}_", strict=True):
            pairs[first + second] += frequency  # type: ignore[assignment]
            firsts[first] += frequency
    total = letters.total()
    rows = [(letter, max(round(1e5 * n / total), 1)) for letter, n in letters.most_common()]
    rows = [row for row in rows if letters[row[0]] >= RAREST * total]
    if len(rows) > MOST_LETTERS:  # of East Asia: the most frequent characters tell
        pairs.clear()
        ranked.clear()
        rows = [row for row in rows if not row[0].isascii()][:MOST_LETTERS]
    known = {letter for letter, _ in rows} | {"_"}
    followers = [
        (pair, share)
        for pair, n in pairs.most_common()
        if set(pair) <= known and (pair[1] == "_" or not pair.isascii())
        if (share := round(1000 * n / firsts[pair[0]]))
    ][:PAIRS]
    common = [word for word, _ in ranked if len(word) > 1 or not word.isascii()][:WORDS]
    values = {
        "letters": " ".join(f"{letter}{n}" for letter, n in rows),
        "pairs": " ".join(f"{pair}{n}" for pair, n in followers),
        "words": " ".join(common),
    }
    lines = [f"[{code}] {name}", f"encodings {encodings}"]
    for key, text in filter(all, values.items()):
        lines += textwrap.wrap(
            f"{key} {text}",
            98,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


if __name__ == "__main__":
    code, name, encodings, file = sys.argv[1:]
    lines = map(str.split, Path(file).read_text("utf-8").splitlines())
    print(paragraph(code, name, encodings, ((word, float(n)) for word, n in lines)))
