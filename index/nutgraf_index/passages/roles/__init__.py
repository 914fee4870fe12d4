"""Decides the role of each block: head, story and tail first, then the blocks of each.

`forms` tells prose from lines, `draft` holds what is known of all blocks, `zones`
finds the lead and the end of the story, and `decision` puts it together.
"""
