"""What only building and merging need of a segment.

Text columns and stored blocks are written here, with numpy. What reads them in `segment/`
imports nothing from here, so that a search does without.
"""
