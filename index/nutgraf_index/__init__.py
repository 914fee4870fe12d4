"""From files to a committed index: read, split, analyse, write.

Programs import `nutgraf`, which re-exports what they need from here.
"""
