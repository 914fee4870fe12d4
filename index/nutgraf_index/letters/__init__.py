"""The letters, pairs of letters and common words of languages.

`languages.txt` has a paragraph for each language, with the encodings that its texts may have.
`guess` finds the encoding in which a text is most probable.
"""
