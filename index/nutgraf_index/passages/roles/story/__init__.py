"""Decides the roles of the blocks between the lead and the tail.

`story` goes through the blocks that are no plain prose, `lines` decides runs of lines between
paragraphs, and the other files each tell one thing that looks like another.
"""
