"""Vietnamese: a word is a syllable, and its accents make it another word."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

# Both places of a tone mark are in use: hòa and hoà, thúy and thuý. The later place is taken.
_TONES = dict(
    pair.split(":")
    for pair in (
        "òa:oà óa:oá ỏa:oả õa:oã ọa:oạ òe:oè óe:oé ỏe:oẻ õe:oẽ ọe:oẹ ùy:uỳ úy:uý ủy:uỷ ũy:uỹ ụy:uỵ"
    ).split()
)


def _spelled(syllable: str) -> str:
    tone = _TONES.get(syllable[-2:])
    return syllable[:-2] + tone if tone else syllable


LANGUAGE = Language(
    code="vi",
    name="Vietnamese",
    keeps_accents=True,
    spelling=_spelled,
    folded_stem=lambda stem: stem,
)
