"""The articles of a segment as documents: each is one text, of all its visible passages.

Term frequencies are added up from the postings of passages when a query asks for them, and cached.
Nothing of them is stored.
"""
