"""The command line, by click.

It calls the public names and prints what they return.
Nothing outside this room imports click, and nobody imports this room.
"""
