"""Fits text to the screen of a terminal.

Widths in columns, line breaks, and hyperlinks.
The formats for terminals use these modules.
"""
