"""The forms in which an archive writes the same: a number with its unit, a name, an abbreviation.

Forms of a query are added as synonyms, if the archive has them.
`other_forms.py` walks over the query; each other module knows one kind of form.
"""
