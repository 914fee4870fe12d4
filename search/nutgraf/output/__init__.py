"""Formats hits and reports as lines of text.

Each output format has a module and a row in the registry; all formats share the messages. This room
prints nothing: the command line does.
"""
