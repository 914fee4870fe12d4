"""The command line, by click.

Commands call the library and print the results. Only this room imports click, and no other room
imports this room.
"""
