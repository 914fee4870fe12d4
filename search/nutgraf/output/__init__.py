"""Hits and reports to lines of text.

Each output format has a module and a row in the registry; all formats share the messages. The
command line does the printing.
"""
