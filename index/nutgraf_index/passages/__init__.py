"""An article to its passages.

Blocks, roles, bylines, datelines and furniture, by the words that the newsrooms of a language use.
Nothing here knows of files or of the index.
"""
