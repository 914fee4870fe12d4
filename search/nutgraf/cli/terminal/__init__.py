"""What only a terminal has.

A pager, the numbered hits of the last search, and the editor that shows a hit.
Nothing here is needed in a pipe.
"""
