"""Languages whose words are cut into grams (see `words`).

They need neither a stemmer nor stop words.
The registry names the files.
"""
