"""Languages whose words are cut into grams (see `words`).

They need no stemmer; their stop words are grams.
The registry names the files.
"""
