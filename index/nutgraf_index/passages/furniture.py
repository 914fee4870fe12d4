"""What newsrooms write around a story: notes, corrections, credits and links to others."""

import re

from nutgraf_index.passages.bylines import PARTICLES

__all__ = ["furniture_role"]

_EMPHASIS = "*_ \t"
_PEOPLE = r"(?-i:[^\W\d_a-z])"
_WORK = (
    r"reporting|writing|editing|compil(?:ed|ing)|translat(?:ed|ion|ing)|written|edited|"
    r"reported|produced|photos?|photographs?|photography|graphics?|research"
)
_CREDIT = re.compile(
    r"[(\[]?\s*(?:(?:additional |further )?"
    rf"(?:{_WORK})(?:(?:,| and|/| &)+ (?:{_WORK}))* by:? {_PEOPLE}"
    r"|(?:©|\(c\) |copyright )\W*(?:\(c\) )?(?:19|20)\d\d|all rights reserved\W*$)",
    re.IGNORECASE,
)
_JOB = re.compile(_WORK, re.IGNORECASE)
_CONTRIBUTED = re.compile(
    r".{2,300}? contributed (?:to this (?:article|story|report)|(?:additional )?reporting)"
    r"(?: (?:in|from) [^.!?]{2,80})?[.)\]]*$",
    re.IGNORECASE | re.DOTALL,
)
# A credit is names and these words; another word makes it a sentence that begins like one.
_CREDIT_WORDS = PARTICLES | frozenset(
    "and by for from in at with of the to additional further contributed on behalf via a an "
    "c all rights reserved may not be published broadcast rewritten or redistributed "
    "writers writer correspondent correspondents staff bureau desk newsroom report story article "
    "this text material without permission".split()
)
_LOWER_WORD = re.compile(r"(?<![\w'’\-])[^\W\d_A-Z][^\W\d_]*(?![\w\-])")
_CORRECTION = re.compile(
    r"\(?\s*(?:corrections?|clarifications?|corrected|corrects|corrigendum|erratum)"
    r"(?:\s+\w+day\b|(?:\s+(?:to|in|of|on) [^.!?]{1,60})?\s*(?:[:—–(]|\s-))|"
    r"\((?:corrects|clarifies) |"
    r"(?:an? )?(?:earlier|previous) version of this (?:article|story|report|item)|"
    r"\(?this (?:article|story|report) "
    r"(?:(?:has been|was) (?:corrected|amended|clarified)|corrects)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[(\[]?\s*(?:editor[s'’]*\s+note|editorial note|note to (?:editors|readers)|"
    r"publisher[s'’]*\s+note|disclaimer|disclosure)\s*(?:[:.—–)]|\s-)|"
    r"\((?:adds|updates|recasts|refiles|repeats|rewrites|releads) [^()]*\)$|"
    r"this (?:article|story|report) (?:has been|was) "
    r"(?:updated(?: (?:to|with|at|on|throughout)\b.*)?|(?:first|originally) published\b.*)[.)]*$",
    re.IGNORECASE | re.DOTALL,
)
_RELATED = re.compile(
    r"\(?(?:read (?:also|more|next)|see also|also read|also see|related(?: (?:stories|articles|"
    r"story|article|links|topics?))?|more on this|for more)\s*(?:[:>»]|$)",
    re.IGNORECASE,
)
_LONGEST = 400
# What begins like none of these, after a bracket or not, is at most a contribution: nearly all.
_OPENINGS = re.compile(
    r"[\s(\[©]|corr|clari|err|an? (?:ear|prev)|earl|prev|this |edit|note |publ|disc|all r|addi|"
    r"furth|wri|tra|rep|pho|pro|gra|res|com|copy|read |see |also |rel|more |for ",
    re.IGNORECASE,
)


def furniture_role(text: str) -> str | None:
    """Tell "correction", "note", "credit" or "related" for a block that is no part of the story.

    None for all other blocks, and for long ones: a paragraph may begin like one of these.
    """
    text = text.strip(_EMPHASIS)
    if len(text) > _LONGEST:
        return None
    if not _OPENINGS.match(text):
        return "credit" if _ends_in_credit(text) and _only_names(text) else None
    if _CORRECTION.match(text):
        return "correction"
    if _NOTE.match(text):
        return "note"
    if (_CREDIT.match(text) or _ends_in_credit(text)) and _only_names(text):
        return "credit"
    return "related" if _RELATED.match(text) else None


def _ends_in_credit(text: str) -> bool:
    # The pattern tries every place, so part of its word is sought first: the part before the i,
    # as the pattern takes Turkish İ and ı for i too and `lower` does not.
    return " contr" in text.lower() and _CONTRIBUTED.match(text) is not None


def _only_names(text: str) -> bool:
    """Whether a credit's words are names, jobs and what joins them."""
    return all(
        word in _CREDIT_WORDS or _JOB.fullmatch(word) is not None
        for word in _LOWER_WORD.findall(text)
        if word.islower()
    )
