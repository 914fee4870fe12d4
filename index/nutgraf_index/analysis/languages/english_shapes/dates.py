"""Dates and times as English pages write them."""

__all__ = ["MONTHS", "TIME_WORDS", "WHEN"]

MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
WHEN = (
    rf"(?:\d{{1,4}}[:./-]\d|\d{{4}} [a-z]{{3,4}}\b|\d{{1,2}} ?[ap]\.?m|(?:mon|tues?|wed(?:nes)?|"
    rf"thu(?:rs)?|fri|sat(?:ur)?|"
    rf"sun)(?:day)?\b|{MONTHS}\.? \d|\d{{1,2}}(?:st|nd|rd|th)? {MONTHS}\b|"
    r"(?:\d+|an?) (?:minutes?|hours?|days?|weeks?|months?|years?) ago|today\b|yesterday\b|noon\b)"
)
# What may stand beside a date and a time, and nothing else.
TIME_WORDS = (
    rf"(?:[\W\d]|(?:{MONTHS}|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|am|"
    rf"pm|a|p|m|"
    r"(?-i:[A-Z]{2,5})|ago|on|at|of|and|the|by|by the|updated|published|posted|modified|first|last|"
    r"originally|time|eastern|pacific|central|local|minutes?|hours?|days?|weeks?|months?|years?|"
    r"today|yesterday|noon|midnight|an|st|nd|rd|th|mins?|read|h)(?!\w))*"
)
