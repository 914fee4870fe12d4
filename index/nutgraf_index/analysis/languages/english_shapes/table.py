"""The table of shapes of English articles."""

from nutgraf_index.analysis.languages.english_shapes.captions import CAPTIONS
from nutgraf_index.analysis.languages.english_shapes.corrections import CORRECTIONS
from nutgraf_index.analysis.languages.english_shapes.credits import CREDITS
from nutgraf_index.analysis.languages.english_shapes.furniture import FURNITURE
from nutgraf_index.analysis.languages.english_shapes.notes import HIGHLIGHTS, NOTES
from nutgraf_index.analysis.languages.english_shapes.related import RELATED

__all__ = ["ENGLISH_SHAPES"]

# Where a passage has the shapes of several roles, the first counts.
ENGLISH_SHAPES = (
    *CAPTIONS,
    *CREDITS,
    *CORRECTIONS,
    *RELATED,
    *NOTES,
    *FURNITURE,
    *HIGHLIGHTS,
)
