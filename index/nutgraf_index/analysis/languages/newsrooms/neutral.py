"""What newsrooms write in any language: dates, marks of rights, and the names of networks."""

from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table

__all__ = ["NEUTRAL_NEWSROOM"]

NEUTRAL_NEWSROOM = NO_NEWSROOM._replace(
    by="av|af",  # Swedish, Norwegian and Danish; hardly a word elsewhere
    dateline_month=r"[^\W\d_]{3,12}\.?",  # whether it is a month is told by the names of months
    day_tail=r"st|nd|rd|th|[.º]",
    date_joiner="de|d'",
    year_tail=r"г\.?|р\.?|року",
    shapes=shape_table(),
    small_letters="a-zà-öø-ÿā-žа-яёієїα-ωά-ώ",
)
